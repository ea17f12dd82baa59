using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Routes;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// Lets pages of configured origins read responses (https://fetch.spec.whatwg.org/#http-cors-protocol), whoever sends them: an endpoint, a
/// limit, or a check of keys. Credentials are never allowed, so <c>*</c> exposes nothing that needs a cookie.
/// </summary>
internal sealed class CrossOrigin(
    IOptions<CrossOriginOptions> options, IOptions<ResumableOptions> resumable, IOptions<BlobOptions> blob)
{
    private static readonly string[] _common =
        [HeaderNames.Location, HeaderNames.ETag, HeaderNames.RetryAfter, "Repr-Digest", HeaderNames.Allow];

    // Those that are open.
    private readonly Dictionary<string, Group> _groups = new Group[]
    {
        new(
            SluiceRoutes.Files, resumable.Value.AllowedOrigins, static () => "POST, HEAD, GET, PATCH, DELETE, OPTIONS",
            [
                UploadHeaders.TusResumable, UploadHeaders.TusVersion, UploadHeaders.TusExtension, UploadHeaders.TusMaxSize,
                UploadHeaders.TusChecksumAlgorithm, UploadHeaders.Offset, UploadHeaders.Length, UploadHeaders.DeferLength,
                UploadHeaders.Metadata, UploadHeaders.Concat, UploadHeaders.Expires, UploadHeaders.Complete, UploadHeaders.Limit,
                HeaderNames.ContentLocation, HeaderNames.Range, UploadHeaders.ChunkSize,
            ]),
        new(
            "blobs",
            options.Value.Blobs,
            // When it is needed: an app that allows no page needs no storage for this.
            () => blob.Value.AllowDelete ? "PUT, POST, GET, HEAD, DELETE, OPTIONS" : "PUT, POST, GET, HEAD, OPTIONS",
            [
                HeaderNames.ContentRange, HeaderNames.AcceptRanges, HeaderNames.ContentLength, HeaderNames.ContentEncoding,
                HeaderNames.ContentDisposition, "Content-Digest", HeaderNames.Link, UploadHeaders.ChunkSize,
            ]),
        new("ingest", options.Value.Ingest, static () => "PUT, POST, OPTIONS", []),
    }.Where(static group => group.Origins.Count > 0).ToDictionary(static group => group.Segment, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether any group is open.</summary>
    public bool IsOn => _groups.Count > 0;

    /// <summary>Whether a request is a preflight of a group that no endpoint answers.</summary>
    public bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)
        && GroupOf(request) is { } group && group.Segment != SluiceRoutes.Files;

    /// <summary>Sets the fields of the response, whatever becomes of it.</summary>
    public void Apply(HttpRequest request)
    {
        if (GroupOf(request) is not null)
        {
            // At the last moment: a problem that takes the place of another response clears its headers.
            request.HttpContext.Response.OnStarting(
                static state =>
                {
                    var (pages, request) = ((CrossOrigin, HttpRequest))state;
                    pages.Write(request);
                    return Task.CompletedTask;
                },
                (this, request));
        }
    }

    /// <summary>Sets them now.</summary>
    public void Write(HttpRequest request) => GroupOf(request)?.Write(request);

    private Group? GroupOf(HttpRequest request) =>
        IsOn && request.Path.Value?.Split('/', 4) is ["", SluiceRoutes.Prefix, var segment, ..]
            ? _groups.GetValueOrDefault(segment)
            : null;

    private sealed record Group(string Segment, ICollection<string> Origins, Func<string> Methods, string[] Own)
    {
        private readonly string _exposed = string.Join(", ", [.. Own, .. _common]);

        public void Write(HttpRequest request)
        {
            var origin = request.Headers.Origin.ToString();
            var headers = request.HttpContext.Response.Headers;
            // A relayed response has what its service allows.
            headers.AccessControlAllowOrigin = headers.AccessControlAllowCredentials = headers.AccessControlExposeHeaders = default;
            if (!headers.Vary.Contains(HeaderNames.Origin))
            {
                headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            }

            if (origin.Length == 0 || !(Origins.Contains("*") || Origins.Contains(origin)))
            {
                return;
            }

            headers.AccessControlAllowOrigin = Origins.Contains("*") ? "*" : origin;
            headers.AccessControlExposeHeaders = _exposed;
            if (HttpMethods.IsOptions(request.Method))
            {
                headers.AccessControlAllowMethods = Methods();
                // Repeats the requested headers, because '*' is no wildcard for a request with Authorization.
                headers.SetIfAny(HeaderNames.AccessControlAllowHeaders, FieldValue.Names(request.Headers.AccessControlRequestHeaders));
                headers.AccessControlMaxAge = "86400";
            }
        }
    }
}
