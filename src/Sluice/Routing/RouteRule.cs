using Sluice.Failures;
using Sluice.Routing.Conditions;
using Sluice.Routing.Evidence;

namespace Sluice.Routing;

/// <summary>One rule, compiled: what it takes, and what it does.</summary>
internal sealed class RouteRule(string name, IReadOnlyList<RouteCondition> conditions, RouteAction action)
{
    /// <summary>Whether it takes the request: all conditions hold.</summary>
    /// <param name="evidence">What the conditions look at.</param>
    /// <param name="traces">
    /// Where it is written down what each of them saw; null if nobody asks, and then the first that fails is the last.
    /// </param>
    public bool Matches(RouteEvidence evidence, ICollection<RuleTrace>? traces)
    {
        var matched = true;
        var seen = traces is null ? null : new List<ConditionTrace>(conditions.Count);
        foreach (var condition in conditions)
        {
            var finding = condition.Look(evidence);
            seen?.Add(condition.Trace(finding));
            matched &= finding.Holds;
            if (!matched && seen is null)
            {
                return false;
            }
        }

        traces?.Add(new RuleTrace(name, matched, seen!));
        return matched;
    }

    /// <summary>Where the body of a request that it takes goes, or why nowhere.</summary>
    public Result<RouteDecision> Decide(RouteEvidence evidence) => action.Decide(name, evidence);
}
