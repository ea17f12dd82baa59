namespace Sluice.AspNetCore.Results;

/// <summary>The result of a request to a downstream service.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Status">The status of its response.</param>
/// <param name="Problem">The type of the problem, if there was no response.</param>
internal sealed record ReceiptDownstream(string Target, int? Status, string? Problem);
