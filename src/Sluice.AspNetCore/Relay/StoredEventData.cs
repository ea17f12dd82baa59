using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Relay;

/// <summary>What was stored.</summary>
/// <param name="Source">The source of the webhook.</param>
/// <param name="Delivery">The sender's own id of it.</param>
/// <param name="Url">The blob, for whoever has a right of its own to read it.</param>
/// <param name="Container">Its container.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="MediaType">What it is stored as.</param>
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
