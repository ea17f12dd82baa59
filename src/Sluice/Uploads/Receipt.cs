namespace Sluice.Uploads;

/// <summary>What was stored, for the one who sent it.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The blob's name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="DeclaredMediaType">The media type that came with it, if any.</param>
/// <param name="SniffedMediaType">The media type that its first bytes show; null for an empty body.</param>
/// <param name="StoredMediaType">The media type it is stored under.</param>
/// <param name="Blocks">Of how many blocks it is made; 0 when one Put Blob took it.</param>
/// <param name="ETag">Its entity tag, quotes included.</param>
/// <param name="LastModified">When storage committed it.</param>
/// <param name="Digests">Its digests by algorithm name (RFC 9530), in base64.</param>
/// <param name="ElapsedMilliseconds">From the first look at the request to the commit.</param>
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
    /// <summary>Who was told of it, and what came of that; null where nobody is.</summary>
    public DownstreamReceipt? Notified { get; init; }

    /// <summary>The other half of a tee; null where there was none.</summary>
    public DownstreamReceipt? Downstream { get; init; }
}
