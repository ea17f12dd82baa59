using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.AspNetCore.Resumable;

/// <summary>Reads requests of tus 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class TusRequest
{
    public const string Version = "1.0.0";

    public const string MediaType = "application/offset+octet-stream";

    /// <summary>The supported checksums, by tus's names.</summary>
    public static IReadOnlyDictionary<string, DigestAlgorithm> Checksums { get; } =
        new Dictionary<string, DigestAlgorithm>(StringComparer.Ordinal)
        {
            ["sha1"] = DigestAlgorithm.Sha1,
            ["sha256"] = DigestAlgorithm.Sha256,
            ["sha512"] = DigestAlgorithm.Sha512,
            ["md5"] = DigestAlgorithm.Md5,
            ["crc32"] = DigestAlgorithm.Crc32,
        };

    /// <summary>Returns why the version that the request names is not supported, or null: it is, or the request names none.</summary>
    public static Failure? CheckNamedVersion(HttpRequest request) =>
        request.Headers.ContainsKey(UploadHeaders.TusResumable) ? CheckVersion(request) : null;

    /// <summary>Returns why the request is not of this version, or null. OPTIONS may be of any version.</summary>
    public static Failure? CheckVersion(HttpRequest request) => request.Headers[UploadHeaders.TusResumable] == Version
        ? null
        : new Failure(
            FailureKind.TusVersionUnsupported, Phase.Admit,
            $"Send {UploadHeaders.TusResumable}: {Version}. Other versions are not supported.");

    /// <summary>Adapts a failure to what tus clients expect.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="head">Whether it is the response to HEAD.</param>
    public static Failure Reported(Failure failure, bool head) => failure switch
    {
        // Checksum extension: Checksum Mismatch.
        { Kind: FailureKind.DigestMismatch } => failure with { Status = 460 },
        // tus-js-client treats any other failure of HEAD as the end of the upload and starts another one from its first byte
        // (https://github.com/tus/tus-js-client/blob/v4.3.1/lib/upload.js, _resumeUpload): if storage were unreachable for a minute, the
        // whole upload would be lost.
        _ when head && FailureTable.Of(failure.Kind).Retry && failure.Kind != FailureKind.ClientGone =>
            failure with { Status = StatusCodes.Status423Locked },
        _ => failure,
    };

    /// <summary>The bytes of a PATCH, or of a POST that creates an upload with some; null if there are none.</summary>
    public static Result<Append?> First(HttpRequest request)
    {
        if (request.ContentLength == 0 || !IsBodied(request))
        {
            return (Append?)null;
        }

        return Bytes(request, 0).TryGet(out var append, out var failure) ? append : failure;
    }

    /// <summary>A PATCH.</summary>
    public static Result<Append> Patch(HttpRequest request)
    {
        if (!UploadHeaders.TryReadNumber(request.Headers[UploadHeaders.Offset], out var offset))
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit, $"{UploadHeaders.Offset} is required and must be a number of bytes.");
        }

        if (!Bytes(request, offset).TryGet(out var append, out var failure))
        {
            return failure;
        }

        if (!request.Headers.TryGetValue(UploadHeaders.Length, out var lengths))
        {
            return append;
        }

        return UploadHeaders.TryReadNumber(lengths, out var length)
            ? append with { UploadLength = length }
            : new Failure(FailureKind.HeaderInvalid, Phase.Admit, $"{UploadHeaders.Length} must be a number of bytes.");
    }

    private static Result<Append> Bytes(HttpRequest request, long offset)
    {
        if (!IsMediaType(request, MediaType))
        {
            return new Failure(FailureKind.MediaTypeRefused, Phase.Admit, $"Content-Type must be {MediaType}.");
        }

        return Checksum(request).TryGet(out var digests, out var failure)
            ? new Append
            {
                Body = UploadRequest.Body(request),
                Caller = CallerFinder.ShareOf(request.HttpContext),
                Offset = offset,
                Length = request.ContentLength,
                Digests = digests
            }
            : failure;
    }

    /// <summary>Whether the request has that media type, whatever its parameters.</summary>
    public static bool IsMediaType(HttpRequest request, string mediaType) =>
        request.ContentType?.Split(';')[0].Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsBodied(HttpRequest request) =>
        request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody
            ?? request.ContentLength > 0;

    private static Result<IReadOnlyList<Digest>> Checksum(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(UploadHeaders.Checksum, out var field))
        {
            return (Digest[])[];
        }

        // Checksum extension: 400 for an unsupported algorithm.
        return field.ToString().Split(' ') is [var name, var base64] && Checksums.TryGetValue(name, out var algorithm)
            ? DigestField.ReadOne(UploadHeaders.Checksum, algorithm, [base64])
            : new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"{UploadHeaders.Checksum} must be one of {string.Join(", ", Checksums.Keys)}, a space, and the checksum in base64.");
    }
}
