namespace Sluice.Uploads;

/// <summary>What was stored, as reported to the sender.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The blob's name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="DeclaredMediaType">The media type that came with it, if any.</param>
/// <param name="SniffedMediaType">The media type detected from its first bytes; null for an empty body.</param>
/// <param name="StoredMediaType">The media type it is stored under.</param>
/// <param name="Blocks">How many blocks it consists of; 0 when a single Put Blob stored it.</param>
/// <param name="ETag">Its entity tag, quotes included.</param>
/// <param name="LastModified">When storage committed it.</param>
/// <param name="Digests">Its digests by algorithm name (RFC 9530), in base64.</param>
/// <param name="ElapsedMilliseconds">From the arrival of the request to the commit.</param>
public sealed record Receipt(
    string Container,
    string Name,
    long Bytes,
    string? DeclaredMediaType,
    string? SniffedMediaType,
    string StoredMediaType,
    int Blocks,
    string ETag,
    DateTimeOffset LastModified,
    IReadOnlyDictionary<string, string> Digests,
    long ElapsedMilliseconds)
{
    /// <summary>The service that was notified, and the outcome; null if none is configured.</summary>
    public DownstreamReceipt? Notified { get; init; }

    /// <summary>The downstream side of a tee; null if there was none.</summary>
    public DownstreamReceipt? Downstream { get; init; }
}
