namespace Sluice.AspNetCore.Results;

/// <summary>The three media types of a stored body.</summary>
/// <param name="Declared">What the client said.</param>
/// <param name="Sniffed">What its first bytes show.</param>
/// <param name="Stored">What the blob's Content-Type is.</param>
internal sealed record ReceiptMediaType(string? Declared, string? Sniffed, string Stored);
