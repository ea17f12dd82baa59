using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>The result of a downstream service for a body that was stored too.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Status">The status it responded with; null if it did not respond.</param>
/// <param name="Failure">Why it did not respond.</param>
public sealed record DownstreamReceipt(string Target, int? Status, Failure? Failure);
