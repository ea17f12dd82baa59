namespace Sluice.Routing.Conditions;

/// <summary>What a condition made of a request.</summary>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Saw">What it saw, in any length, and no secret.</param>
internal readonly record struct ConditionResult(bool Holds, string Saw);
