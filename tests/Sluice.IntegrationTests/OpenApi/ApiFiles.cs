using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The description of resumable uploads.</summary>
internal static class ApiFiles
{
    private static readonly ApiParameter Id = new("path", "id", "The upload: the last segment of its `Location`.");
    private static readonly ApiParameter Version = new("header", UploadHeaders.TusResumable, "tus: `1.0.0`.");

    private static readonly ApiHeader Offset = new(UploadHeaders.Offset, "The offset: how many bytes were received. It never decreases.");
    private static readonly ApiHeader Length = new(UploadHeaders.Length, "The length of the upload, once it is known.");
    private static readonly ApiHeader Expires = new(UploadHeaders.Expires, "tus: when the unfinished upload expires.");
    private static readonly ApiHeader Complete = new(UploadHeaders.Complete, "Resumable Uploads for HTTP: `?1` once the blob is stored.");
    private static readonly ApiHeader Incomplete = new("Upload-Incomplete", "Resumable Uploads for HTTP, interop version 3: the opposite.");
    internal static readonly ApiHeader Limit = new(UploadHeaders.Limit, "Resumable Uploads for HTTP: the maximum size of uploads and "
        + "requests, in bytes, and the seconds until the upload expires.");
    private static readonly ApiHeader Blob = new("Content-Location", "The path of the blob, once the upload is complete.");
    private static readonly ApiHeader Range = new("Range", "Azure Logic Apps: the bytes that were received, from the first one on; absent "
        + "if there are none.");
    private static readonly ApiHeader ChunkSize = new(
        UploadHeaders.ChunkSize, "Azure Logic Apps: the suggested size of a chunk, in bytes; absent once the upload is complete.");

    /// <summary>What announces an upload of Azure Logic Apps.</summary>
    public static readonly ApiParameter[] Announced =
    [
        new("header", UploadHeaders.TransferMode, "Azure Logic Apps: `chunked`. The content follows in PATCH requests to `Location`."),
        new("header", UploadHeaders.WholeLength, "Azure Logic Apps: the length of the content, in bytes."),
    ];
    private static readonly ApiHeader TusVersion = new(UploadHeaders.TusVersion, "The supported version of tus.");
    private static readonly ApiHeader TusMaxSize = new(UploadHeaders.TusMaxSize, "tus: the largest upload, in bytes.");

    private static readonly ApiHeader[] Common =
    [
        .. ApiFields.ForPages, new(UploadHeaders.TusResumable, "tus: `1.0.0`."),
    ];

    // What the protocols say of an upload, complete or not.
    private static readonly ApiHeader[] State =
    [
        Offset, Length, Expires, Complete, Incomplete, Limit, Blob, Range, ChunkSize, ApiFields.ETag, ApiFields.Digest, ApiFields.NoStore,
    ];

    // tus: what an upload was created with.
    private static readonly ApiHeader[] Created =
    [
        new(UploadHeaders.Metadata, "tus: the metadata that the upload was created with."),
        new(UploadHeaders.DeferLength, "tus: `1` if the length is not known yet."),
        new(UploadHeaders.Concat, "tus: `partial` for a part of another upload. `final;` and the URLs of the parts, as they were "
            + "sent, for an upload that consists of others; only `final` if they are longer than 4,096 bytes."),
    ];

    /// <summary>The answer to a request that announces an upload of Azure Logic Apps.</summary>
    public static readonly ApiAnswer Begun = new(
        "200", "Azure Logic Apps: the upload is created. If it has no bytes, it is complete, and the body is the receipt.",
        [new("Location", "The URL of the upload, which is absolute.") { Variant = "Chunked" }, .. State, ApiFields.LastModified])
    {
        MediaType = "application/json",
        Schema = typeof(ReceiptResponse),
    };

    private static readonly (int? Status, ApiHeader Header)[] OfProblems =
    [
        (null, Complete), (null, Incomplete), (StatusCodes.Status409Conflict, Offset), (StatusCodes.Status409Conflict, Range),
        (StatusCodes.Status412PreconditionFailed, TusVersion), (StatusCodes.Status413PayloadTooLarge, Limit),
        (StatusCodes.Status413PayloadTooLarge, TusMaxSize),
    ];

    private static readonly FailureKind[] Finding =
        [.. ApiFailures.Upload, FailureKind.PreconditionFailed, FailureKind.WriteConflict, FailureKind.MethodRefused, FailureKind.EventUnannounced];

    // tus: Checksum Mismatch.
    private static readonly (FailureKind Kind, int Status)[] ChecksumMismatch = [(FailureKind.DigestMismatch, 460)];

    public static ApiOperation Discover(string subject) => new(
        subject,
        "Returns the supported protocol versions, extensions and limits.",
        "Supports tus 1.0.0, Resumable Uploads for HTTP and the chunking of Azure Logic Apps (docs/protocol.md). Answers CORS "
            + "preflight requests from `Sluice:Resumable:AllowedOrigins`. Requires no key.")
    {
        IsAnonymous = true,
        Parameters = subject == "File" ? [Id] : [],
        Headers = [.. ApiFields.Preflight, Common[^1]],
        Answers =
        [
            new(
                "200",
                "The supported versions, extensions and limits.",
                TusVersion,
                new ApiHeader(UploadHeaders.TusExtension, "The supported extensions of tus."),
                TusMaxSize,
                new ApiHeader(UploadHeaders.TusChecksumAlgorithm, "The algorithms that `Upload-Checksum` supports."),
                Limit),
        ],
    };

    public static ApiOperation Create() => new(
        "Files",
        "Creates a resumable upload.",
        "`Tus-Resumable`, `Upload-Complete` or `x-ms-transfer-mode` selects the protocol. With `Upload-Complete: ?1` the body is "
            + "the whole upload. It can be resumed if the request names a revision of the draft (`Upload-Draft-Interop-Version`), uses "
            + "HTTP/1.1 and reaches "
            + "Sluice.Server: 104 (Upload Resumption Supported) then has the `Location` of the upload.")
    {
        Parameters =
        [
            Version,
            new("header", UploadHeaders.Length, "The length of the upload, in bytes."),
            new("header", UploadHeaders.DeferLength, "tus: `1` if the length is not known yet."),
            new("header", UploadHeaders.Metadata, "tus: pairs of a key and a value in base64. `filename` and `filetype` set the name and "
                + "the type of the blob. `sha256` (in hexadecimal) is verified."),
            new("header", UploadHeaders.Complete, "Resumable Uploads for HTTP: whether the body is the whole upload."),
            new("header", HttpDraft.InteropField, "Resumable Uploads for HTTP: the revision of the draft, 3 to 8."),
            new("header", "Content-Disposition", "Resumable Uploads for HTTP, Azure Logic Apps: the file name."),
            new("header", "Repr-Digest", "Resumable Uploads for HTTP, Azure Logic Apps: the digest of the whole upload."),
            .. Announced, .. ApiParameters.Features,
        ],
        Body = "Empty, or the first bytes of the upload. In tus: `application/offset+octet-stream`.",
        Answers =
        [
            Begun,
            new(
                "201", "The upload is created. If it is already complete, the body is the receipt.",
                [
                    new("Location", "The path of the upload. If the upload is complete, the path of the blob.") { Variant = "Upload" },
                    .. State, ApiFields.LastModified
                ])
            { MediaType = "application/json", Schema = typeof(ReceiptResponse) }
        ],
        Failures =
        [
            // The parts of a concatenation are looked for.
            .. ApiFailures.Upload, .. ApiFailures.Store, FailureKind.UploadLengthInconsistent, FailureKind.ContainerUnknown,
            FailureKind.MethodRefused, FailureKind.NameUnavailable,
        ],
        Headers = Common,
        ProblemHeaders = OfProblems,
        Restated = ChecksumMismatch,
    };

    public static ApiOperation Find(bool head) => new(
        "File",
        "Returns the offset of an upload.",
        "Ends any append to this upload that is still in progress: the client has abandoned it.")
    {
        Parameters = [Id, Version],
        Answers =
        [
            new("200", "The offset, in tus and for Azure Logic Apps.", [.. State, .. Created]),
            new("204", "The offset, in Resumable Uploads for HTTP.", State)
        ],
        Failures = Finding,
        Headers = Common,
        ProblemHeaders = OfProblems,
        Restated = head ? [.. Finding.Where(static kind => FailureTable.Of(kind).Retry).Select(Locked)] : [],
    };

    public static ApiOperation Append(string subject) => new(
        subject,
        "Appends bytes to an upload.",
        "`Upload-Offset`, or the beginning of `Content-Range`, must match the offset of the upload. Bytes that "
            + "arrived are kept even if the request fails; with a checksum, and from Azure Logic Apps, all of them or none. Clients that "
            + "can't send PATCH send POST with `X-HTTP-Method-Override`.")
    {
        Parameters =
        [
            Id,
            Version,
            .. subject == "File" ? (ApiParameter[])[] : [new("header", UploadHeaders.MethodOverride, "`PATCH`, `HEAD` or `DELETE`.")],
            new("header", UploadHeaders.Offset, "The offset of the first byte of this request."),
            new("header", UploadHeaders.Length, "The length of the upload, if it was not known when the upload was created."),
            new("header", UploadHeaders.Complete, "Resumable Uploads for HTTP: whether these bytes complete the upload."),
            new("header", UploadHeaders.Checksum, "tus: an algorithm, a space, and the checksum of these bytes in base64."),
            new("header", "Content-Digest", "Resumable Uploads for HTTP, Azure Logic Apps: the digest of these bytes."),
            new("header", "Content-Range", "Azure Logic Apps: `bytes FIRST-LAST/LENGTH`, of these bytes and of the upload. A range that is "
                + "stored already is acknowledged again."),
        ],
        Body = "The bytes to append. In tus: `application/offset+octet-stream`. In Resumable Uploads for HTTP: "
            + "`application/partial-upload`.",
        Answers =
        [
            new(
                "200", "Azure Logic Apps: the chunk is stored. If the upload is complete, the body is the receipt.",
                [.. State, ApiFields.Location, ApiFields.LastModified])
            {
                MediaType = "application/json",
                Schema = typeof(ReceiptResponse)
            },
            new("204", "The new offset. If the upload is complete, `Content-Location` is the path of the blob.", State),
            new(
                "201", "Resumable Uploads for HTTP: the upload is complete. The body is the receipt.",
                [.. State, ApiFields.Location, ApiFields.LastModified])
            {
                MediaType = "application/json",
                Schema = typeof(ReceiptResponse)
            },
            .. subject == "File" ? (ApiAnswer[])[] : Find(head: true).Answers.Take(1),
        ],
        Headers = Common,
        ProblemHeaders = [.. OfProblems, (null, Expires)],
        Restated =
        [
            .. ChecksumMismatch, (FailureKind.UploadCompleted, StatusCodes.Status403Forbidden),
            .. subject == "File" ? [] : Find(head: true).Restated,
        ],
        Failures =
        [
            .. ApiFailures.Upload, .. ApiFailures.Store, FailureKind.UploadOffsetMismatch, FailureKind.UploadLengthInconsistent,
            FailureKind.UploadCompleted, FailureKind.UploadExhausted, FailureKind.MethodRefused,
        ],
    };

    public static ApiOperation Cancel() => new("File", "Cancels an upload.", "Storage removes the bytes of a cancelled upload within a "
        + "week. A complete upload can't be cancelled; its blob stays.")
    {
        Parameters = [Id, Version],
        Answers = [new("204", "The upload is cancelled.", State)],
        Failures = [.. ApiFailures.Upload, FailureKind.UploadCompleted, FailureKind.MethodRefused],
        Headers = Common,
        ProblemHeaders = OfProblems,
    };

    // tus: HEAD answers 423 to what may be over soon, because clients give up after any other failure.
    private static (FailureKind Kind, int Status) Locked(FailureKind kind) => (kind, StatusCodes.Status423Locked);
}
