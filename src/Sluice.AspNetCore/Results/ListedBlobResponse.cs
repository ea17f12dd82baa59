using System.Text.Json.Serialization;
using Sluice.Storage;

namespace Sluice.AspNetCore.Results;

/// <summary>A blob in a list.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ETag">Its entity tag.</param>
/// <param name="LastModified">When it was last written.</param>
/// <param name="ContentType">The stored `Content-Type`.</param>
/// <param name="ContentEncoding">The stored `Content-Encoding`.</param>
internal sealed record ListedBlobResponse(
    string Name, long Bytes, [property: JsonPropertyName("etag")] string ETag, DateTimeOffset LastModified, string? ContentType,
    string? ContentEncoding)
{
    public static ListedBlobResponse Of(ListedBlob blob) =>
        new(blob.Name, blob.Length, blob.ETag, blob.LastModified, blob.ContentType, blob.ContentEncoding);
}
