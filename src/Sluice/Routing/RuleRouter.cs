using System.Buffers;
using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing;

/// <summary>Applies the rules of <c>Sluice:Routes</c> to one request.</summary>
internal sealed class RuleRouter(RouteTable rules, RouteRequest request) : IRouter
{
    public string Label => $"ingest/{request.Path}";

    public Result<RouteDecision> Decide(ReadOnlySequence<byte> head, bool complete) => rules.Decide(request, head, complete);
}
