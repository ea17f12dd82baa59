using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>Writes a small JSON body with its length.</summary>
internal static class JsonResponse
{
    public static async Task WriteAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type, string mediaType = "application/json")
    {
        byte[] json = [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
        response.ContentType = mediaType;
        // It repeats what clients sent; a browser must not find a page in it.
        response.Headers.XContentTypeOptions = "nosniff";
        DigestHeaders.WriteContentDigest(response.HttpContext, json);
        response.ContentLength = json.Length;
        // No token: to a connection that is gone, a server writes nothing and throws nothing.
        await response.Body.WriteAsync(json);
    }
}
