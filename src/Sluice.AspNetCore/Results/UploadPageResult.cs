using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with the page, or 304.</summary>
internal sealed class UploadPageResult(IUploadPage page) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        foreach (var (name, value) in page.Headers)
        {
            response.Headers[name] = value;
        }

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Pages that open it, or that it opens, get no reference to it.
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-cache";
        if (Has(httpContext.Request.Headers.IfNoneMatch, response.Headers.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await using var document = page.Open();
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = document.Length;
        await document.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    private static bool Has(StringValues sent, StringValues tag) =>
        EntityTagHeaderValue.TryParseList(sent, out var tags) && tags.Any(one => one.Tag == "*" || one.Tag == (string?)tag);
}
