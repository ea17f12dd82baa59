using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// 200 with the page that the build composed from UploadPage/, or 304. It is embedded in this assembly: mapped, not read into memory.
/// </summary>
internal sealed class UploadPageResult : IResult
{
    // Of the document: its entity tag, and a policy with the hashes of the only script and the only style that may run.
    private static readonly Lazy<KeyValuePair<string, string>[]> _own = new(ReadHeaders);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        foreach (var (name, value) in _own.Value)
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

        await using var document = Open("upload.html");
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = document.Length;
        await document.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    private static bool Has(StringValues sent, StringValues tag) =>
        EntityTagHeaderValue.TryParseList(sent, out var tags) && tags.Any(one => one.Tag == "*" || one.Tag == (string?)tag);

    private static KeyValuePair<string, string>[] ReadHeaders()
    {
        using var reader = new StreamReader(Open("upload.headers"));
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(": ", 2))
                .Select(static parts => KeyValuePair.Create(parts[0], parts[1])),
        ];
    }

    private static Stream Open(string name) => typeof(UploadPageResult).Assembly.GetManifestResourceStream(name)!;
}
