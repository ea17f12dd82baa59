using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads the file name of an untrusted <c>Content-Disposition</c>.</summary>
internal static class DispositionFileName
{
    private const string Name = "filename*";

    // RFC 8187, section 3.2.1, and the charset that RFC 5987 also had.
    private static readonly string[] _charsets = ["UTF-8'", "ISO-8859-1'"];

    /// <summary>The file name; null if there is none, or an empty one.</summary>
    public static string? Of(string? disposition) =>
        ContentDispositionHeaderValue.TryParse(disposition, out var parsed)
        && (Extended(parsed) is { HasValue: true } extended ? extended : HeaderUtilities.RemoveQuotes(parsed.FileName)).ToString()
            is { Length: > 0 } name
            ? name
            : null;

    /// <summary>
    /// <c>filename*</c>, decoded (RFC 8187); without a value if it is missing or invalid. The property of the class that reads the field
    /// throws for a parameter without a value (<c>form-data; name=a; filename*</c>) and for charsets that .NET refuses
    /// (<c>filename*=UTF-7''a</c>), so it is used for neither.
    /// </summary>
    public static StringSegment Extended(ContentDispositionHeaderValue disposition) =>
        NameValueHeaderValue.Find(disposition.Parameters, Name)?.Value is { HasValue: true } value
        && Array.Exists(_charsets, charset => value.StartsWith(charset, StringComparison.OrdinalIgnoreCase))
            ? disposition.FileNameStar : default;
}
