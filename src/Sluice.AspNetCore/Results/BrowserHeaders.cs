using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.MediaTypes;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// Makes stored bytes inert in a browser. A blob comes from anybody who may upload, and is read from the origin of the API, where a script
/// in it could use the reader's key. So every blob is sandboxed, and is downloaded rather than displayed unless its type can't contain
/// scripts.
/// </summary>
internal static class BrowserHeaders
{
    /// <summary>The type of bytes whose type is unknown.</summary>
    private const string Unknown = "application/octet-stream";

    // A list of types without scripts, not of types with scripts: the latter would never be complete.
    private static readonly HashSet<string> _images =
    [
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/apng", "image/bmp", "image/x-icon", "image/heic",
        "image/heif", "image/tiff"
    ];

    /// <summary>The media type that a blob is served with: the stored one, if it is valid.</summary>
    public static string MediaType(string? stored) => MediaTypeField.Parse(stored) ?? Unknown;

    /// <summary>
    /// Restricts what a browser may do with the blob, in 200, 206 and 304 alike: a 304 updates what a cache holds (RFC 9111, section 3.2).
    /// </summary>
    /// <param name="headers">The headers of the response.</param>
    /// <param name="properties">The stored properties of the blob.</param>
    /// <param name="options">What the operator allows.</param>
    public static void Set(IHeaderDictionary headers, BlobProperties properties, ReadOptions options)
    {
        var kind = KindOf(MediaType(properties.ContentType));
        if (options.ServeActiveContent)
        {
            headers.SetIfAny(HeaderNames.ContentDisposition, properties.ContentDisposition);
        }
        else
        {
            headers.ContentSecurityPolicy = Policy(kind);
            headers.SetIfAny(
                HeaderNames.ContentDisposition,
                kind == ContentKind.Other ? Attachment(properties.ContentDisposition) : properties.ContentDisposition);
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = options.ResourcePolicy switch
        {
            ReadResourcePolicy.CrossOrigin => "cross-origin",
            ReadResourcePolicy.SameSite => "same-site",
            _ => "same-origin",
        };
        headers.CacheControl = properties.CacheControl is { Length: > 0 } cache ? cache : "private";
    }

    // Chromium 147 and 156: the document that it creates for audio or video requests it from its own origin, which a bare sandbox takes
    // away. Without allow-scripts the origin is of no use to an attacker.
    private static string Policy(ContentKind kind) => kind switch
    {
        ContentKind.Image => "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
        ContentKind.Media => "sandbox allow-same-origin; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
        ContentKind.Pdf => "sandbox; default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
        _ => "sandbox; default-src 'none'",
    };

    private static ContentKind KindOf(string mediaType)
    {
        var name = MediaTypeName.Canonical(MediaTypeName.Bare(mediaType)!);
        return name switch
        {
            "text/plain" or "application/json" => ContentKind.Text,
            "application/pdf" => ContentKind.Pdf,
            // A browser treats any type with this suffix as a document (https://mimesniff.spec.whatwg.org/#xml-mime-type).
            _ when name.EndsWith("xml", StringComparison.Ordinal) => ContentKind.Other,
            _ when _images.Contains(name) => ContentKind.Image,
            "application/ogg" => ContentKind.Media,
            _ when name.StartsWith("audio/", StringComparison.Ordinal) || name.StartsWith("video/", StringComparison.Ordinal) =>
                ContentKind.Media,
            _ => ContentKind.Other,
        };
    }

    // The stored value, with its file name (RFC 6266, section 4). A value that can't be sent would be left out, and a blob that must be
    // downloaded would be displayed.
    private static string Attachment(string? stored)
    {
        if (!ContentDispositionHeaderValue.TryParse(stored, out var disposition))
        {
            return "attachment";
        }

        disposition.DispositionType = "attachment";
        return disposition.ToString() is var text && FieldValue.IsValid(text) ? text : "attachment";
    }
}
