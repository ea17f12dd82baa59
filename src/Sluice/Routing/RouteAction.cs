using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing;

/// <summary>What a rule does with a request that it matches.</summary>
internal abstract class RouteAction
{
    public abstract Result<RouteDecision> Decide(string rule, RouteEvidence evidence);
}
