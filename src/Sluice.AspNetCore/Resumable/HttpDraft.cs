using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;
using Sluice.Digests;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// A revision of draft-ietf-httpbis-resumable-upload. Clients name theirs by an interop version. What they would misunderstand in another
/// revision is here; in all else, every client gets the newest.
/// </summary>
/// <param name="Interop">The interop version; null for a client that names none, or none of these: it gets the newest.</param>
/// <param name="CompleteField">The field that says whether the upload ends with this request.</param>
/// <param name="IsInverted">Whether that field says the opposite: that the upload does not end.</param>
/// <param name="HasMediaType">Whether an append has a media type of its own (<see cref="HttpUploadRequest.MediaType"/>).</param>
/// <param name="HasProgress">Whether 104 may have an offset.</param>
internal sealed record HttpDraft(long? Interop, string CompleteField, bool IsInverted, bool HasMediaType, bool HasProgress)
{
    /// <summary>The field for the interop version.</summary>
    public const string InteropField = "Upload-Draft-Interop-Version";

    private static readonly HttpDraft[] _named =
    [
        new(3, UploadHeaders.Incomplete, IsInverted: true, HasMediaType: false, HasProgress: false), // draft 01
        new(4, UploadHeaders.Complete, IsInverted: false, HasMediaType: false, HasProgress: false), // 02
        new(5, UploadHeaders.Complete, IsInverted: false, HasMediaType: false, HasProgress: true), // 03
        new(6, UploadHeaders.Complete, IsInverted: false, HasMediaType: true, HasProgress: true), // 04, 05
        new(7, UploadHeaders.Complete, IsInverted: false, HasMediaType: true, HasProgress: true), // 06 to 08
        new(8, UploadHeaders.Complete, IsInverted: false, HasMediaType: true, HasProgress: true), // 09 to 11
        new(9, UploadHeaders.Complete, IsInverted: false, HasMediaType: true, HasProgress: true), // 12, treated like 8
        new(10, UploadHeaders.Complete, IsInverted: false, HasMediaType: true, HasProgress: true), // 13, too
    ];

    private static readonly HttpDraft _newest = _named[^1] with { Interop = null };

    /// <summary>The revision that a request follows.</summary>
    public static HttpDraft Of(HttpRequest request) =>
        UploadHeaders.Integer(request.Headers[InteropField]) is { } interop
            ? Array.Find(_named, draft => draft.Interop == interop) ?? _newest
            : _newest;

    /// <summary>Whether the request says that the upload ends with it; null if it says nothing about that.</summary>
    public bool? Completes(HttpRequest request) =>
        StructuredField.Item(request.Headers[CompleteField]).Boolean is { } value ? value != IsInverted : null;

    /// <summary>Says whether the upload is complete.</summary>
    public void Write(IHeaderDictionary headers, bool isComplete) => headers[CompleteField] = isComplete != IsInverted ? "?1" : "?0";
}
