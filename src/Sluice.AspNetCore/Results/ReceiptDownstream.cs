namespace Sluice.AspNetCore.Results;

/// <summary>What a downstream service made of the body that was stored too.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Status">What it answered.</param>
/// <param name="Problem">The type of the problem, when it did not answer.</param>
internal sealed record ReceiptDownstream(string Target, int? Status, string? Problem);
