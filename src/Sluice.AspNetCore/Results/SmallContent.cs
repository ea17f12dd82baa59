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
}
