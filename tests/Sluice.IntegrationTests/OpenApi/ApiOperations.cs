using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// The description of every route, by verb: what <c>docs/openapi.json</c> is generated of, by a test. No host runs it. A route that is
/// missing here fails that test.
/// </summary>
internal static class ApiOperations
{
    private const string Json = "application/json";

    private static readonly ApiHeader ETag = new("ETag", "The blob's entity tag, for `If-Match` and `If-None-Match`.");
    private static readonly ApiHeader LastModified = new("Last-Modified", "When the blob was committed.");
    private static readonly ApiHeader Digest = new("Repr-Digest", "The digests that are kept with the blob, of all its bytes (RFC 9530): by default its SHA-256. `Want-Repr-Digest` chooses.");
    private static readonly ApiHeader ContentDigest = new("Content-Digest", "The digests of this answer's content, if `Want-Content-Digest` asks for them.");
    private static readonly ApiHeader PageTag = new("ETag", "The page's entity tag, for `If-None-Match`.");
    private static readonly ApiHeader Location = new("Location", "The path that the blob is read from.");

    private static readonly ApiParameter[] Properties =
    [
        new("header", "Content-Encoding", "Stored with the blob."),
        new("header", "Content-Language", "Stored with the blob."),
        new("header", "Content-Disposition", "Stored with the blob."),
        new("header", "Cache-Control", "Stored with the blob."),
        new("header", "x-ms-meta", "Metadata to store with the blob: one header `x-ms-meta-NAME` for each name.") { Prefix = "x-ms-meta-" },
        new("header", "If-Match", "Store only over the blob with this entity tag; `*`: over any that is there."),
        new("header", "If-None-Match", "Store only if the blob's entity tag is another; `*`: only if there is no blob."),
        new("header", "If-Unmodified-Since", "Store only over a blob that was not committed after this date."),
    ];

    private static readonly ApiParameter[] Declared =
    [
        new("header", "Content-Digest", "`sha-256=:BASE64:` or `sha-512=:BASE64:` of the body as it is sent (RFC 9530). A body that differs is refused; other algorithms are ignored."),
        new("header", "Repr-Digest", "The same, here: the body is the whole representation, with its `Content-Encoding`."),
        new("header", "Content-MD5", "The MD5 of the body in base64."),
        new("header", "x-ms-content-crc64", "The CRC-64/NVME of the body in base64, as Azure Blob Storage has it."),
    ];

    private static readonly ApiParameter[] Wants =
    [
        new("header", "Want-Repr-Digest", "Which digests of the blob to answer with: `sha-512=10, sha-256=1` (RFC 9530, section 4)."),
        new("header", "Want-Content-Digest", "Which digests of the answer's own content to answer with."),
    ];

    private static readonly ApiParameter[] Conditions =
    [
        new("header", "Range", "One range of bytes, such as `bytes=0-499` or `bytes=-500`. Several give the whole blob."),
        new("header", "If-Range", "An entity tag or a date: if the blob is another, all of it is sent."),
        new("header", "If-Match", "Entity tags: answer only if the blob has one of them."),
        new("header", "If-None-Match", "Entity tags: 304 if the blob has one of them."),
        new("header", "If-Modified-Since", "304 if the blob was not committed after this date."),
        new("header", "If-Unmodified-Since", "Answer only if the blob was not committed after this date."),
    ];

    private static readonly ApiParameter[] BlobPath =
    [
        new("path", "container", "The container, one of `Sluice:Blob:Containers`."),
        new("path", "name", "The blob's name. It may contain slashes, which are not encoded."),
    ];

    private static readonly ApiParameter Source = new("path", "source", "The source, one of `Sluice:Hooks:Sources`.");

    private static readonly ApiAnswer Stored = new("201", "The whole body is stored.", Location, ETag, LastModified, Digest, ContentDigest)
    {
        MediaType = Json,
        Schema = typeof(ReceiptResponse),
    };

    /// <summary>The description of a verb and a route (<see cref="SluiceRoutes"/>); null where there is none.</summary>
    public static ApiOperation? For(string verb, string route) => (verb, route) switch
    {
        ("PUT" or "POST", SluiceRoutes.Blob) => StoreBlob(),
        ("GET" or "HEAD", SluiceRoutes.Blob) => ReadBlob(verb == "HEAD"),
        ("POST", SluiceRoutes.Form) => StoreForm(),
        ("PUT" or "POST", SluiceRoutes.Ingest) => Ingest(),
        (_, SluiceRoutes.Relay) => Relay(),
        ("POST", SluiceRoutes.Hook) => Hook(),
        ("OPTIONS", SluiceRoutes.Hook) => HookHandshake(),
        ("OPTIONS", SluiceRoutes.Files) => ApiFiles.Discover("Files"),
        ("POST", SluiceRoutes.Files) => ApiFiles.Create(),
        ("HEAD" or "GET", SluiceRoutes.File) => ApiFiles.Find(),
        ("PATCH", SluiceRoutes.File) => ApiFiles.Append("File"),
        ("POST", SluiceRoutes.File) => ApiFiles.Append("FileOverride"),
        ("DELETE", SluiceRoutes.File) => ApiFiles.Cancel(),
        ("OPTIONS", SluiceRoutes.File) => ApiFiles.Discover("File"),
        ("POST", SluiceRoutes.Peek) => Peek(),
        ("GET" or "HEAD", SluiceRoutes.Live) => Live(),
        ("GET" or "HEAD", SluiceRoutes.Ready) => Ready(),
        ("GET" or "HEAD", SluiceRoutes.OpenApi) => OpenApi(),
        ("GET" or "HEAD", SluiceRoutes.UploadPage) => UploadPage(),
        _ => null,
    };

    private static ApiOperation StoreBlob() => new(
        "Blob",
        "Stores the body as a block blob.",
        "The blob becomes visible by one commit, once the whole body is there. Until then, and after a failure, what was there before is.")
    {
        Parameters = [.. BlobPath, .. Properties, .. Declared, .. Wants],
        Body = "The blob. Its `Content-Type` is stored with it; where there is none, or only `application/octet-stream`, the first bytes say what it is. `Content-Length` is not needed.",
        Answers = [Stored],
        Failures = [FailureKind.ContainerUnknown, .. ApiFailures.Store],
    };

    private static ApiOperation StoreForm() => new(
        "Form",
        "Stores each file of a form as a block blob, as it comes.",
        "A file's name becomes that of its blob; text fields become metadata of the files after them (docs/multipart.md). Send large forms chunked.")
    {
        Parameters =
        [
            BlobPath[0],
            new("query", "prefix", "What the blobs' names begin with. A field `prefix` is put below it."),
            new("query", "atomic", "`true`: nothing is visible before the closing boundary was seen and every file is good."),
            .. Properties.Where(static property => !property.Name.StartsWith("Content-", StringComparison.Ordinal)),
        ],
        Body = "The form (RFC 7578).",
        BodyMediaType = "multipart/form-data",
        Answers =
        [
            new("201", "All files are stored.") { MediaType = Json, Schema = typeof(FormResponse) },
            new("207", "Some files are stored, others are not; each has its own status.") { MediaType = Json, Schema = typeof(FormResponse) },
        ],
        Failures = [FailureKind.ContainerUnknown, FailureKind.FormInvalid, FailureKind.FormAbandoned, .. ApiFailures.Store],
    };

    private static ApiOperation ReadBlob(bool head) => new(
        "Blob",
        head ? "Says what a blob is, without its bytes." : "Streams a blob back.",
        "With all that was stored beside it: `Content-Type` and the other content headers, `Cache-Control`, `x-ms-meta-*`. A browser runs nothing of it (docs/reading.md).")
    {
        Parameters = [.. BlobPath, .. head ? Conditions.Where(static condition => !condition.Name.EndsWith("Range", StringComparison.Ordinal)) : Conditions, .. Wants],
        Answers =
        [
            new("200", "The whole blob.", ETag, LastModified, Digest, ContentDigest, new("Accept-Ranges", "`bytes`.")) { MediaType = "*/*" },
            .. head ? (ApiAnswer[])[] :
            [
                new("206", "The range that was asked for.", ETag, LastModified, Digest, new("Content-Range", "Which bytes of how many these are.")) { MediaType = "*/*" },
            ],
            new("304", "The client has it already.", ETag, LastModified),
        ],
        Failures =
        [
            FailureKind.ContainerUnknown, FailureKind.NameInvalid, FailureKind.BlobNotFound, FailureKind.PreconditionFailed,
            .. head ? (FailureKind[])[] : [FailureKind.RangeNotSatisfiable, FailureKind.ReadConflict], .. ApiFailures.Storage,
        ],
    };

    private static ApiOperation Ingest() => new(
        "Ingest",
        "Stores or relays the body, or both, or refuses it, as the rules say.",
        "The first of `Sluice:Routes` that matches the request and the first bytes of its body decides (docs/routing.md). `POST /api/peek?path=` explains it.")
    {
        Parameters = [new("path", "name", "What the rules call the path. It may contain slashes, which are not encoded."), .. Properties, .. Declared, .. Wants],
        Body = "Any body. `Content-Type` and the first bytes are what rules can go by.",
        Answers =
        [
            Stored,
            new("default", "The answer of the target that the rule relays to, as it is; or a problem with the status that the rule refuses with (`urn:sluice:problem:route-refused`).") { MediaType = "*/*" },
        ],
        Failures = [FailureKind.NoRoute, FailureKind.RouteRefused, FailureKind.NameUnavailable, FailureKind.DownstreamRefused, .. ApiFailures.Store, .. ApiFailures.Relay],
    };

    private static ApiOperation Relay() => new(
        "Relay",
        "Streams the request to a configured target, and its answer back.",
        "Method, path, query, headers and body go to the target, less what is between the caller and Sluice (docs/relay.md).")
    {
        Parameters =
        [
            new("path", "target", "The target, one of `Sluice:Relay:Targets`."),
            new("path", "path", "The path below the target's own. It may contain slashes, which are not encoded."),
            .. Declared,
        ],
        Body = "Any body, or none.",
        Answers =
        [
            new("2XX", "The target's own answer: its status, its headers, its body.") { MediaType = "*/*" },
            new("default", "The same: the target may answer with any status.") { MediaType = "*/*" },
        ],
        Failures = [FailureKind.TargetUnknown, .. ApiFailures.Relay],
    };

    private static ApiOperation Hook() => new(
        "Hook",
        "Takes a webhook: verified, stored once, passed on.",
        "The source's scheme says which headers prove the sender (docs/webhooks.md). Nothing is visible before the signature was found good.")
    {
        Parameters = [Source],
        Body = "The delivery, as the sender sends it.",
        Answers =
        [
            Stored,
            new("200", "The delivery was here before; nothing was passed on again. Or the answer of the target, where it is only relayed.", ETag) { MediaType = Json, Schema = typeof(DuplicateResponse) },
        ],
        Failures =
        [
            FailureKind.SourceUnknown, FailureKind.SourceOff, .. ApiFailures.Signature,
            FailureKind.NameUnavailable, FailureKind.DownstreamRefused, .. ApiFailures.Store, .. ApiFailures.Relay,
        ],
    };

    private static ApiOperation HookHandshake() => new(
        "HookHandshake",
        "Says whether a sender of CloudEvents may deliver.",
        "CloudEvents, HTTP 1.1 Web Hooks, section 4. The headers of the answer give the permission, and not its status.")
    {
        Parameters =
        [
            Source,
            new("header", "WebHook-Request-Origin", "Who asks."),
            new("header", "WebHook-Request-Rate", "How many deliveries a minute it would like."),
        ],
        Answers = [new("200", "It may, if these are there.", new ApiHeader("WebHook-Allowed-Origin", "Who may deliver."), new ApiHeader("WebHook-Allowed-Rate", "How often, a minute; `*`: any."))],
        Failures = [FailureKind.SourceUnknown, FailureKind.SourceOff, FailureKind.MethodRefused],
    };

    private static ApiOperation Peek() => new(
        "Peek",
        "Says what Sluice sees of a body and would do with it, without storing it.",
        "Reads no further than the peek window (`Sluice:Peek:WindowBytes`). Without a query it says what a PUT to any blob would do.")
    {
        Parameters =
        [
            new("query", "container", "With `name`: ask what a PUT to that blob would do."),
            new("query", "name", "The blob's name."),
            new("query", "path", "Ask what the rules make of the request at `/api/ingest/PATH`."),
            new("query", "method", "The method that the rules are asked about. PUT by default."),
        ],
        Body = "The body that is asked about, or its beginning.",
        Answers = [new("200", "What is seen, and what would be done.") { MediaType = Json, Schema = typeof(PeekReport) }],
        Failures = [FailureKind.BodyTruncated, FailureKind.ClientStalled],
    };

    private static ApiOperation Live() => new("HealthLive", "Says that the process answers.", "Asks nobody else. Needs no key.")
    {
        IsAnonymous = true,
        IsLimited = false,
        Answers = [new("200", "It does.") { MediaType = Json, Schema = typeof(HealthResponse) }],
    };

    private static ApiOperation Ready() => new(
        "HealthReady",
        "Says whether this instance can do its work.",
        "It has started, it is not shutting down, and it reaches storage and all of its containers. Needs no key. The result may be `Sluice:Health:CacheTime` old.")
    {
        IsAnonymous = true,
        IsLimited = false,
        Answers = [new("200", "It can.") { MediaType = Json, Schema = typeof(HealthResponse) }],
        Failures = [FailureKind.NotReady],
    };

    private static ApiOperation OpenApi() => new("OpenApi", "This description.", "OpenAPI 3.1 (docs/openapi.json).")
    {
        Answers = [new("200", "An OpenAPI document.") { MediaType = Json }],
    };

    private static ApiOperation UploadPage() => new(
        "UploadPage",
        "A page that uploads files.",
        "For browsers. What it does is `POST /api/files` and what follows, by tus-js-client (docs/upload-page.md).")
    {
        Parameters = [new("header", "If-None-Match", "304 if the page is still this one.")],
        Answers = [new("200", "The page.", PageTag) { MediaType = "text/html" }, new("304", "The client has it already.", PageTag)],
    };
}
