using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>Writes a small body with its length.</summary>
internal static class SmallContent
{
    public static async Task WriteAsync(HttpResponse response, byte[] content, string mediaType)
    {
        response.ContentType = mediaType;
        // It repeats what clients sent; a browser must not find a page in it that is none.
        response.Headers.XContentTypeOptions = "nosniff";
        DigestHeaders.WriteContentDigest(response.HttpContext, content);
        response.ContentLength = content.Length;
        // No token: to a connection that is gone, a server writes nothing and throws nothing.
        await response.Body.WriteAsync(content);
    }

    /// <summary>Writes a value as one line of JSON, with its length.</summary>
    public static Task WriteJsonAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type, string mediaType = "application/json") =>
        WriteAsync(response, [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'], mediaType);
}
