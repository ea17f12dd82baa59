using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Results;

/// <summary>The response to a duplicate delivery.</summary>
/// <param name="Status">Always <c>duplicate</c>.</param>
/// <param name="Container">The container of the first delivery.</param>
/// <param name="Name">The name of its blob.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ETag">Its entity tag: the one in the first receipt, unless the blob was overwritten.</param>
internal sealed record DuplicateResponse(
    string Status, string Container, string Name, long Bytes, [property: JsonPropertyName("etag")] string ETag);
