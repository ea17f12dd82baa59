using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The description of resumable uploads.</summary>
internal static class ApiFiles
{
    private static readonly ApiParameter Id = new("path", "id", "The upload: the last part of the `Location` that it was created with.");
    private static readonly ApiParameter Version = new("header", UploadHeaders.TusResumable, "`1.0.0`, where tus is spoken.");

    private static readonly ApiHeader Offset = new(UploadHeaders.Offset, "How many bytes are there. It never goes back.");
    private static readonly ApiHeader Length = new(UploadHeaders.Length, "How long the upload is, once that is known.");
    private static readonly ApiHeader Expires = new(UploadHeaders.Expires, "tus: until when the upload can be gone on with.");
    private static readonly ApiHeader Complete = new(UploadHeaders.Complete, "Resumable Uploads for HTTP: `?1` once the upload is a blob.");
    private static readonly ApiHeader Limit = new(UploadHeaders.Limit, "Resumable Uploads for HTTP: how large uploads and requests may be, in bytes, and how many seconds are left.");
    private static readonly ApiHeader Blob = new("Content-Location", "The path of the blob, once the upload is one.");

    public static ApiOperation Discover(string subject) => new(
        subject,
        "Says what resumable uploads may be.",
        "tus 1.0.0 and Resumable Uploads for HTTP are spoken (docs/protocol.md). Answers the preflight requests of browsers for `Sluice:Resumable:AllowedOrigins`. Needs no key.")
    {
        IsAnonymous = true,
        Parameters = subject == "File" ? [Id] : [],
        Answers =
        [
            new(
                "204",
                "These.",
                new ApiHeader(UploadHeaders.TusVersion, "The version of tus."),
                new ApiHeader(UploadHeaders.TusExtension, "The extensions of tus."),
                new ApiHeader(UploadHeaders.TusMaxSize, "The largest upload, in bytes."),
                new ApiHeader(UploadHeaders.TusChecksumAlgorithm, "What `Upload-Checksum` may be."),
                new ApiHeader("Accept-Patch", "What the bytes are sent as, in Resumable Uploads for HTTP."),
                Limit),
        ],
    };

    public static ApiOperation Create() => new(
        "Files",
        "Creates a resumable upload.",
        "`Tus-Resumable` or `Upload-Complete` says which protocol is spoken. With `Upload-Complete: ?1` the body is all there is: it is stored at once, and there is nothing to resume.")
    {
        Parameters =
        [
            Version,
            new("header", UploadHeaders.Length, "How long the upload will be, in bytes."),
            new("header", UploadHeaders.DeferLength, "tus: `1`, where that is not known yet."),
            new("header", UploadHeaders.Metadata, "tus: pairs of a key and a value in base64. `filename` and `filetype` become the blob's; `sha256` (in hexadecimal) is held against it."),
            new("header", UploadHeaders.Complete, "Resumable Uploads for HTTP: whether the body is all there is."),
            new("header", "Content-Disposition", "Resumable Uploads for HTTP: the file's name."),
            new("header", "Repr-Digest", "Resumable Uploads for HTTP: the digest of the whole."),
        ],
        Body = "Nothing, or the first bytes: of tus as `application/offset+octet-stream`.",
        Answers = [new("201", "It is created; or it is stored, and this is the receipt.", new ApiHeader("Location", "The upload's path; of one that was stored, the blob's."), Offset, Length, Expires, Complete, Limit) { MediaType = "application/json", Schema = typeof(ReceiptResponse) }],
        Failures = [FailureKind.ResumableOff, FailureKind.TusVersionUnsupported, FailureKind.UploadLengthInconsistent, FailureKind.ContainerUnknown, .. ApiFailures.Store],
    };

    public static ApiOperation Find() => new("File", "Says how far an upload is.", "A request that still adds to it is ended by this: whoever asks has given it up.")
    {
        Parameters = [Id, Version],
        Answers = [new("200", "So far, in tus.", Offset, Length, Expires, Blob), new("204", "So far, in Resumable Uploads for HTTP.", Offset, Length, Complete, Limit, Blob)],
        Failures = [.. ApiFailures.Upload, FailureKind.PreconditionFailed, FailureKind.WriteConflict],
    };

    public static ApiOperation Append(string subject) => new(
        subject,
        "Adds bytes to an upload.",
        "At `Upload-Offset`, which is where it goes on. What arrived is kept, however the request ends; with a checksum, all or nothing of it. As a POST, for those who can't send PATCH, it says so in `X-HTTP-Method-Override`.")
    {
        Parameters =
        [
            Id,
            Version,
            .. subject == "File" ? (ApiParameter[])[] : [new("header", UploadHeaders.MethodOverride, "`PATCH`; or `HEAD`, `DELETE`.")],
            new("header", UploadHeaders.Offset, "Where the bytes belong."),
            new("header", UploadHeaders.Length, "How long the upload is, if that was not known when it was created."),
            new("header", UploadHeaders.Complete, "Resumable Uploads for HTTP: whether it is whole with these."),
            new("header", UploadHeaders.Checksum, "tus: an algorithm, a space, and the checksum of these bytes in base64."),
            new("header", "Content-Digest", "Resumable Uploads for HTTP: the digest of these bytes."),
        ],
        Body = "The bytes: of tus as `application/offset+octet-stream`, else as `application/partial-upload`.",
        Answers =
        [
            new("204", "So far. With the last byte it is a blob, at `Content-Location`.", Offset, Length, Expires, Complete, Limit, Blob),
            new("201", "Resumable Uploads for HTTP: it is a blob, and this is the receipt.", Offset, Complete) { MediaType = "application/json", Schema = typeof(ReceiptResponse) },
        ],
        Failures =
        [
            .. ApiFailures.Upload, .. ApiFailures.Store, FailureKind.UploadOffsetMismatch, FailureKind.UploadLengthInconsistent, FailureKind.UploadCompleted, FailureKind.UploadExhausted,
            .. subject == "File" ? (FailureKind[])[] : [FailureKind.MethodRefused],
        ],
    };

    public static ApiOperation Cancel() => new("File", "Gives an upload up.", "What came of it goes away by itself, within a week. One that is complete stays.")
    {
        Parameters = [Id, Version],
        Answers = [new("204", "It is given up.")],
        Failures = [.. ApiFailures.Upload, FailureKind.UploadCompleted],
    };
}
