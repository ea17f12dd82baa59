using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.Storage;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with one page of a list, and the address of the next one in <c>Link</c> (RFC 8288).</summary>
internal sealed class ListResult(BlobQuery list, BlobPage page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var next = page.Marker is { } marker ? ListContinuation.Of(list, marker) : null;
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.SetIfAny(HeaderNames.Link, next is null ? null : $"<{Address(httpContext.Request, next)}>; rel=\"next\"");
        return SmallContent.WriteJsonAsync(
            httpContext.Response,
            new ListResponse(list.Container, list.Prefix, [.. page.Blobs.Select(ListedBlobResponse.Of)], page.Prefixes, next),
            ResponseJson.Readable.ListResponse);
    }

    // Without the rest of the query, which may contain a key.
    private string Address(HttpRequest request, string next)
    {
        var query = QueryString.Create(ListRequest.Limit, list.Limit.ToString(CultureInfo.InvariantCulture));
        query = list.Prefix.Length > 0 ? query.Add(ListRequest.Prefix, list.Prefix) : query;
        query = list.Delimiter is { } delimiter ? query.Add(ListRequest.Delimiter, delimiter) : query;
        return $"{BlobLocation.Of(request, list.Container)}{query.Add(ListRequest.Continuation, next)}";
    }
}
