namespace Sluice.Routing.Conditions;

/// <summary>What a condition made of a request. No text is longer than 100 characters, and none is a secret.</summary>
/// <param name="Condition">Which it is: <c>path</c>, <c>header:X-Event</c>, <c>json:/type</c>.</param>
/// <param name="Wants">What it asks for, as configured.</param>
/// <param name="Saw">What the request has.</param>
/// <param name="Holds">Whether that is what it asks for.</param>
internal sealed record ConditionTrace(string Condition, string Wants, string Saw, bool Holds);
