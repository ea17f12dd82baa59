namespace Sluice.Routing.Conditions;

/// <summary>
/// The result of testing a condition against a request, for display. No text is longer than 100 characters, and none is a secret.
/// </summary>
/// <param name="Condition">The condition: <c>path</c>, <c>header:X-Event</c>, <c>json:/type</c>.</param>
/// <param name="Wants">The expected value, as configured.</param>
/// <param name="Saw">The value in the request.</param>
/// <param name="Holds">Whether the condition holds.</param>
internal sealed record ConditionTrace(string Condition, string Wants, string Saw, bool Holds);
