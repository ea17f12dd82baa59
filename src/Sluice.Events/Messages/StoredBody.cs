namespace Sluice.Events.Messages;

/// <summary>A stored body, as its event describes it.</summary>
/// <param name="Url">The address of the blob in its account. It grants no access.</param>
/// <param name="Container">The container, as clients name it.</param>
/// <param name="Name">The name of the blob.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ETag">Its entity tag, quotes included.</param>
/// <param name="MediaType">Its media types.</param>
/// <param name="Digests">Its digests by algorithm name (RFC 9530), in base64.</param>
/// <param name="Metadata">The metadata that its sender gave it.</param>
/// <param name="Kind">How it came in: <c>put</c>, <c>form</c>, <c>ingest</c>, <c>hook</c>, <c>resumable</c> or <c>code</c>.</param>
internal sealed record StoredBody(
    Uri Url,
    string Container,
    string Name,
    long Bytes,
    string ETag,
    StoredMediaType MediaType,
    IReadOnlyDictionary<string, string> Digests,
    IReadOnlyDictionary<string, string> Metadata,
    string Kind)
{
    /// <summary>The rule that chose its blob; null if none did.</summary>
    public string? Rule { get; init; }

    /// <summary>The source of webhooks that delivered it; null for anything else.</summary>
    public string? Source { get; init; }

    /// <summary>The id of who sent it; null if only an address is known.</summary>
    public string? Caller { get; init; }
}
