namespace Sluice.Events.Messages;

/// <summary>The media types of a stored body.</summary>
/// <param name="Stored">The one that it is stored under.</param>
/// <param name="Declared">The one that came with it; null if none did.</param>
/// <param name="Sniffed">The one that its first bytes show; null if nobody looked, or it is empty.</param>
internal sealed record StoredMediaType(string? Stored, string? Declared, string? Sniffed);
