using Microsoft.AspNetCore.Http;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The headers of answers that <see cref="ApiOperations"/> share.</summary>
internal static class ApiFields
{
    internal static readonly ApiHeader ETag = new("ETag", "The blob's entity tag, for `If-Match` and `If-None-Match`.");
    internal static readonly ApiHeader LastModified = new("Last-Modified", "When the blob was committed.");
    internal static readonly ApiHeader Digest = new("Repr-Digest", "The stored digests of the whole blob (RFC 9530). The default is "
        + "SHA-256; `Want-Repr-Digest` selects others.");
    internal static readonly ApiHeader ContentDigest = new("Content-Digest", "The digests of the content of this response, if "
        + "`Want-Content-Digest` requests them.");
    internal static readonly ApiHeader Location = new("Location", "The path of the blob.");
    internal static readonly ApiHeader Allow = new("Allow", "The methods that the resource accepts.");
    internal static readonly ApiHeader NoStore = new("Cache-Control", "`no-store`.");
    internal static readonly ApiHeader Vary = new("Vary", "`Accept` for a problem; `Origin`, if pages of other origins are allowed.");
    internal static readonly ApiHeader NoSniff = new("X-Content-Type-Options", "`nosniff`.");

    private static readonly ApiHeader Policy = new("Content-Security-Policy", "Restricts what browsers do with the content.");
    private static readonly ApiHeader Referrer = new("Referrer-Policy", "`no-referrer`.");
    private static readonly ApiHeader Resource = new("Cross-Origin-Resource-Policy", "Which sites may embed the content.");

    /// <summary>Of JSON.</summary>
    internal static readonly ApiHeader[] Json = [NoSniff, ContentDigest];

    /// <summary>Of every answer about a stored blob.</summary>
    internal static readonly ApiHeader[] Blob =
    [
        ETag, LastModified, new("Accept-Ranges", "`bytes`."), Policy, NoSniff, Referrer, Resource,
        new("Content-Disposition", "The stored one; an attachment if a browser could run the content."),
        new("Cache-Control", "The stored one. The default is `private`.") { Variant = "Blob" },
    ];

    /// <summary>Of an answer with content of a blob.</summary>
    internal static readonly ApiHeader[] BlobContent =
    [
        .. Blob, Digest, new("Content-Encoding", "The stored one."), new("Content-Language", "The stored one."),
        new("x-ms-meta", "The metadata of the blob: one header `x-ms-meta-NAME` for each name.") { Prefix = "x-ms-meta-" },
    ];

    /// <summary>Of the upload page.</summary>
    internal static readonly ApiHeader[] Page =
    [
        new("ETag", "The page's entity tag, for `If-None-Match`.") { Variant = "Page" }, Policy, NoSniff, Referrer, Resource,
        new("Cross-Origin-Opener-Policy", "`same-origin`."), new("Cache-Control", "`no-cache`.") { Variant = "Page" },
    ];

    /// <summary>Of every answer that pages of other origins may read, if origins are configured.</summary>
    internal static readonly ApiHeader[] ForPages =
    [
        Vary,
        new("Access-Control-Allow-Origin", "The origin whose pages may read the response."),
        new("Access-Control-Expose-Headers", "The headers that they may read."),
    ];

    /// <summary>Of every answer to a preflight.</summary>
    internal static readonly ApiHeader[] Preflight =
    [
        .. ForPages,
        new("Access-Control-Allow-Methods", "The methods that pages of other origins may use."),
        new("Access-Control-Allow-Headers", "The headers that they may send."),
        new("Access-Control-Max-Age", "How long a browser may remember this, in seconds."),
    ];

    /// <summary>Of problems of a status, whatever the operation.</summary>
    internal static ApiHeader[] OfProblem(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => [new("WWW-Authenticate", "The kind of key that is required.")],
        StatusCodes.Status405MethodNotAllowed => [Allow],
        StatusCodes.Status416RangeNotSatisfiable =>
            [new("Content-Range", "The length of the blob: `bytes */LENGTH`.") { Variant = "Unsatisfied" }],
        StatusCodes.Status423Locked or StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable =>
            [new("Retry-After", "The number of seconds to wait before the next attempt.")],
        _ => [],
    };
}
