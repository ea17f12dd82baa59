namespace Sluice.AspNetCore.Results;

/// <summary>The three media types of a stored body.</summary>
/// <param name="Declared">The type that the client declared.</param>
/// <param name="Sniffed">The type detected from the first bytes.</param>
/// <param name="Stored">The `Content-Type` of the blob.</param>
internal sealed record ReceiptMediaType(string? Declared, string? Sniffed, string Stored);
