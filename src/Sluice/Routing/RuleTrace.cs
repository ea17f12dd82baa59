using Sluice.Routing.Conditions;

namespace Sluice.Routing;

/// <summary>How a rule evaluated a request.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Matched">Whether all of its conditions hold.</param>
/// <param name="Conditions">What each of them found. Empty for a rule that matches everything.</param>
internal sealed record RuleTrace(string Name, bool Matched, IReadOnlyList<ConditionTrace> Conditions);
