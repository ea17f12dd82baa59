using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// Lets pages of configured origins upload (https://fetch.spec.whatwg.org/#http-cors-protocol). Sent with every response, problems
/// included.
/// </summary>
internal static class UploadCors
{
    private const string Methods = "POST, HEAD, GET, PATCH, DELETE, OPTIONS";

    private static readonly string _exposed = string.Join(", ", (string[])[
        UploadHeaders.TusResumable, UploadHeaders.TusVersion, UploadHeaders.TusExtension, UploadHeaders.TusMaxSize,
        UploadHeaders.TusChecksumAlgorithm, UploadHeaders.Offset, UploadHeaders.Length, UploadHeaders.DeferLength, UploadHeaders.Metadata,
        UploadHeaders.Concat, UploadHeaders.Expires, UploadHeaders.Complete, UploadHeaders.Limit, HeaderNames.Location,
        HeaderNames.ContentLocation, HeaderNames.ETag, HeaderNames.RetryAfter, "Repr-Digest"]);

    /// <summary>Sets the fields of a response.</summary>
    public static void Apply(HttpRequest request, ICollection<string> origins)
    {
        var origin = request.Headers.Origin.ToString();
        if (origins.Count == 0)
        {
            return;
        }

        var headers = request.HttpContext.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (origin.Length == 0 || !(origins.Contains("*") || origins.Contains(origin)))
        {
            return;
        }

        headers.AccessControlAllowOrigin = origins.Contains("*") ? "*" : origin;
        headers.AccessControlExposeHeaders = _exposed;
        if (HttpMethods.IsOptions(request.Method))
        {
            headers.AccessControlAllowMethods = Methods;
            // Repeats the requested headers, because '*' is no wildcard for a request with Authorization.
            headers.SetIfAny(HeaderNames.AccessControlAllowHeaders, FieldValue.Names(request.Headers.AccessControlRequestHeaders));
            headers.AccessControlMaxAge = "86400";
        }
    }
}
