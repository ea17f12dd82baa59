using Sluice.Routing.Conditions;

namespace Sluice.Routing;

/// <summary>What a rule made of a request.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Matched">Whether all of its conditions hold.</param>
/// <param name="Conditions">What each of them saw. Empty for a rule that takes everything.</param>
internal sealed record RuleTrace(string Name, bool Matched, IReadOnlyList<ConditionTrace> Conditions);
