using Sluice.Names;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>One condition of a rule.</summary>
/// <param name="name">Which it is, for instance <c>header:X-Event</c>.</param>
/// <param name="wants">What it asks for, without secrets.</param>
internal abstract class RouteCondition(string name, string wants)
{
    /// <summary>Whether it holds, and on what grounds. Decisions and explanations both come from here.</summary>
    public abstract ConditionResult Look(RouteEvidence evidence);

    public ConditionTrace Trace(ConditionResult finding) => new(Redaction.Short(name), Redaction.Short(wants), Redaction.Short(finding.Saw), finding.Holds);
}
