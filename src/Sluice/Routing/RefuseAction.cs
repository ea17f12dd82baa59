using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing;

/// <summary>Refuses the request.</summary>
internal sealed class RefuseAction(int status, string? detail) : RouteAction
{
    public override Result<RouteDecision> Decide(string rule, RouteEvidence evidence)
    {
        var told = string.IsNullOrWhiteSpace(detail) ? $"The rule '{rule}' refuses the request." : detail;
        return new Failure(FailureKind.RouteRefused, Phase.Route, told) { Status = status };
    }
}
