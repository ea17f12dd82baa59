namespace Sluice.Peek;

/// <summary>The result of the peek.</summary>
/// <param name="MediaType">The sniffed media type; null for an empty body.</param>
/// <param name="Bytes">How many bytes were read.</param>
/// <param name="Complete">Whether the body ended inside the window: these bytes are the whole body.</param>
internal sealed record PeekResult(string? MediaType, int Bytes, bool Complete);
