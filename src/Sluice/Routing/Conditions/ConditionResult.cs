namespace Sluice.Routing.Conditions;

/// <summary>The result of testing a condition against a request.</summary>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Saw">The value it found, of any length, without secrets.</param>
internal readonly record struct ConditionResult(bool Holds, string Saw);
