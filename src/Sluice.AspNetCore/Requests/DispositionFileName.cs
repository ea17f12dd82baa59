using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads the file name of a <c>Content-Disposition</c> that a stranger wrote.</summary>
internal static class DispositionFileName
{
    private const string Name = "filename*";

    /// <summary>
    /// <c>filename*</c>, decoded (RFC 8187); without a value where there is none, or where it is none. Not the property of the class that
    /// reads the field: that one throws for a parameter without a value (<c>form-data; name=a; filename*</c>).
    /// </summary>
    public static StringSegment Extended(ContentDispositionHeaderValue disposition) =>
        NameValueHeaderValue.Find(disposition.Parameters, Name)?.Value.HasValue == true ? disposition.FileNameStar : default;
}
