using Sluice.Failures;
using Sluice.Routing.Conditions;
using Sluice.Routing.Evidence;

namespace Sluice.Routing;

/// <summary>One rule, compiled: its conditions and its action.</summary>
internal sealed class RouteRule(string name, IReadOnlyList<RouteCondition> conditions, RouteAction action)
{
    /// <summary>Whether it matches the request: all conditions hold.</summary>
    /// <param name="evidence">What the conditions are tested against.</param>
    /// <param name="traces">
    /// Collects what each condition found. Null if no trace is wanted; evaluation then stops at the first condition that fails.
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

    /// <summary>Returns where the body of a matching request goes, or why it is refused.</summary>
    public Result<RouteDecision> Decide(RouteEvidence evidence) => action.Decide(name, evidence);
}
