using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Relay;

/// <summary>What was stored.</summary>
/// <param name="Source">The source of the webhook.</param>
/// <param name="Delivery">The sender's own delivery id.</param>
/// <param name="Url">The URL of the blob; reading it requires a permission of one's own.</param>
/// <param name="Container">Its container.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="MediaType">The media type it is stored with.</param>
/// <param name="ETag">Its entity tag.</param>
/// <param name="Digests">Its digests by algorithm, in base64.</param>
internal sealed record StoredEventData(
    string Source,
    string Delivery,
    Uri Url,
    string Container,
    string Name,
    long Bytes,
    string MediaType,
    [property: JsonPropertyName("etag")] string ETag,
    IReadOnlyDictionary<string, string> Digests);
