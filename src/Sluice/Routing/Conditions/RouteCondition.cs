using Sluice.Names;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>One condition of a rule.</summary>
/// <param name="name">Its name, for instance <c>header:X-Event</c>.</param>
/// <param name="wants">The expected value, without secrets.</param>
internal abstract class RouteCondition(string name, string wants)
{
    /// <summary>Tests the condition and reports the value found. Both decisions and explanations are based on it.</summary>
    public abstract ConditionResult Look(RouteEvidence evidence);

    public ConditionTrace Trace(ConditionResult finding) =>
        new(Redaction.Short(name), Redaction.Short(wants), Redaction.Short(finding.Saw), finding.Holds);
}
