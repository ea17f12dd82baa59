using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>What a downstream service made of the body that was stored too.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Status">What it answered; null when it did not.</param>
/// <param name="Failure">Why it did not answer.</param>
public sealed record DownstreamReceipt(string Target, int? Status, Failure? Failure);
