using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.AspNetCore.Resumable;

/// <summary>Reads requests of Resumable Uploads for HTTP (draft-ietf-httpbis-resumable-upload). Invalid fields count as not sent.</summary>
internal static class HttpUploadRequest
{
    public const string MediaType = "application/partial-upload";

    /// <summary>Whether a request says that it is of this protocol. One that names tus is of tus.</summary>
    public static bool IsHttpDraft(HttpRequest request) =>
        !request.Headers.ContainsKey(UploadHeaders.TusResumable)
        && (Completes(request) is not null || request.Headers.ContainsKey(HttpDraft.InteropField));

    /// <summary>Whether the upload ends with this request; null if it does not say, and so is none of this protocol.</summary>
    public static bool? Completes(HttpRequest request) => HttpDraft.Of(request).Completes(request);

    /// <summary>The bytes of the request that creates an upload; null if there are none, and it does not end with them.</summary>
    public static Result<Append?> First(HttpRequest request)
    {
        var completes = Completes(request) == true;
        if (request.ContentLength == 0 && !completes)
        {
            return (Append?)null;
        }

        return Bytes(request, 0).TryGet(out var append, out var failure) ? append with { Completes = completes } : failure;
    }

    /// <summary>A PATCH (section 4.4).</summary>
    public static Result<Append> Patch(HttpRequest request)
    {
        var draft = HttpDraft.Of(request);
        if (draft.HasMediaType && !TusRequest.IsMediaType(request, MediaType))
        {
            return new Failure(FailureKind.MediaTypeRefused, Phase.Admit, $"Content-Type must be {MediaType}.");
        }

        if (UploadHeaders.Integer(request.Headers[UploadHeaders.Offset]) is not { } offset || draft.Completes(request) is not { } completes)
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"{UploadHeaders.Offset} (a number of bytes) and {draft.CompleteField} (?0 or ?1) are required.");
        }

        return Bytes(request, offset).TryGet(out var append, out var failure) ? append with { Completes = completes } : failure;
    }

    private static Result<Append> Bytes(HttpRequest request, long offset)
    {
        if (!DigestField.Read(DigestField.Content, request.Headers[DigestField.Content]).TryGet(out var digests, out var failure))
        {
            return failure;
        }

        var completes = Completes(request) == true;
        return new Append
        {
            Body = UploadRequest.Body(request),
            Caller = CallerFinder.ShareOf(request.HttpContext),
            Offset = offset,
            Length = request.ContentLength,
            // Section 4.1.3: a request that completes an upload and declares its own length thereby declares the length of the upload.
            UploadLength = UploadHeaders.Integer(request.Headers[UploadHeaders.Length])
                ?? (completes ? Append.EndOf(offset, request.ContentLength) : null),
            Digests = digests,
        };
    }
}
