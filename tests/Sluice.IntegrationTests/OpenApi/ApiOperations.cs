using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using static Sluice.IntegrationTests.OpenApi.ApiFields;
using static Sluice.IntegrationTests.OpenApi.ApiParameters;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// The description of every route, by verb: what <c>docs/openapi.json</c> is generated of, by a test. No host runs it. A route that is
/// missing here fails that test.
/// </summary>
internal static class ApiOperations
{
    private const string Json = "application/json";

    internal static readonly ApiAnswer Stored = new("201", "The body is stored.", Location, ETag, LastModified, Digest, ContentDigest)
    {
        MediaType = Json,
        Schema = typeof(ReceiptResponse),
    };

    /// <summary>The description of a verb and a route (<see cref="SluiceRoutes"/>); null where there is none.</summary>
    public static ApiOperation? For(string verb, string route) => (verb, route) switch
    {
        ("PUT" or "POST", SluiceRoutes.Blob) => StoreBlob(),
        ("GET" or "HEAD", SluiceRoutes.Blob) => ReadBlob(verb == "HEAD"),
        ("DELETE", SluiceRoutes.Blob) => DeleteBlob(),
        ("POST", SluiceRoutes.Container) => StoreForm(),
        ("GET" or "HEAD", SluiceRoutes.Container) => ApiLists.List(verb == "HEAD"),
        ("PUT" or "POST", SluiceRoutes.Ingest) => Ingest(),
        (_, SluiceRoutes.Relay) => Relay(),
        ("POST", SluiceRoutes.Hook) => ApiHooks.Receive(),
        ("GET" or "HEAD" or "OPTIONS", SluiceRoutes.Hook) => ApiHooks.CheckAddress(verb),
        ("OPTIONS", SluiceRoutes.Files) => ApiFiles.Discover("Files"),
        ("POST", SluiceRoutes.Files) => ApiFiles.Create(),
        ("HEAD" or "GET", SluiceRoutes.File) => ApiFiles.Find(verb == "HEAD"),
        ("PATCH", SluiceRoutes.File) => ApiFiles.Append("File"),
        ("POST", SluiceRoutes.File) => ApiFiles.Append("FileOverride"),
        ("DELETE", SluiceRoutes.File) => ApiFiles.Cancel(),
        ("OPTIONS", SluiceRoutes.File) => ApiFiles.Discover("File"),
        ("POST", SluiceRoutes.Peek) => Peek(),
        ("POST", SluiceRoutes.Replay) => Replay(),
        ("GET" or "HEAD", SluiceRoutes.Live) => Live(),
        ("GET" or "HEAD", SluiceRoutes.Ready) => Ready(),
        ("GET" or "HEAD", SluiceRoutes.OpenApi) => OpenApi(),
        ("GET" or "HEAD", SluiceRoutes.UploadPage) => UploadPage(),
        _ => null,
    };

    private static ApiOperation StoreBlob() => new(
        "Blob",
        "Stores the body as a block blob.",
        "A single commit publishes the blob after the whole body has arrived. Until then, and after a failure, the previous blob stays. "
            + "With `x-ms-transfer-mode: chunked` the body is empty, and the blob comes in chunks (docs/resumable.md).")
    {
        Parameters = [.. BlobPath, .. Properties, .. Declared, .. Wants, .. ApiFiles.Announced],
        Body = "The blob. `Content-Type` is stored with it; if it is missing or `application/octet-stream`, the type is detected from "
            + "the first bytes. `Content-Length` is not required.",
        Answers = [ApiFiles.Begun, Stored],
        Headers = ForPages,
        ProblemHeaders = [(StatusCodes.Status413PayloadTooLarge, ApiFiles.Limit)],
        Failures = [FailureKind.ContainerUnknown, FailureKind.ResumableOff, .. ApiFailures.Store],
    };

    private static ApiOperation StoreForm() => new(
        "Form",
        "Stores each file of a form as a block blob, while the form is received.",
        "The file name becomes the blob name. Text fields become metadata of the files that follow them (docs/multipart.md). Send large "
            + "forms chunked.")
    {
        Parameters =
        [
            BlobPath[0],
            new("query", "prefix", "A prefix for the blob names. The value of a form field `prefix` is appended to it."),
            new("query", "atomic", "`true`: files are published only if the form is complete and every file is valid."),
            .. Properties.Where(static property => !property.Name.StartsWith("Content-", StringComparison.Ordinal)),
        ],
        Body = "The form (RFC 7578).",
        IsForm = true,
        Headers = ForPages,
        Answers =
        [
            new("201", "All files are stored.", NoStore) { MediaType = Json, Schema = typeof(FormResponse) },
            new("207", "Some files are stored, others are not. Each file has its own status.", NoStore)
            {
                MediaType = Json,
                Schema = typeof(FormResponse)
            },
        ],
        Failures = [FailureKind.ContainerUnknown, FailureKind.FormInvalid, FailureKind.FormAbandoned, .. ApiFailures.Store],
    };

    private static ApiOperation ReadBlob(bool head) => new(
        "Blob",
        head ? "Returns the headers of a blob without its content." : "Downloads a blob.",
        "The response includes the stored headers: `Content-Type` and the other content headers, `Cache-Control`, `x-ms-meta-*`. "
            + "Browsers do not run the content (docs/reading.md).")
    {
        Parameters =
        [
            .. BlobPath,
            .. head
                ? Conditions.Where(static condition => !condition.Name.EndsWith("Range", StringComparison.Ordinal))
                : Conditions,
            .. Wants
        ],
        Answers =
        [
            new("200", "The whole blob.", [.. BlobContent, ContentDigest]) { MediaType = "*/*" },
            .. head ? (ApiAnswer[])[] :
            [
                new(
                    "206", "The requested range.",
                    [.. BlobContent, new("Content-Range", "The range that is returned, and the length of the blob.")])
                {
                    MediaType = "*/*"
                },
            ],
            new("304", "Not modified.", Blob),
        ],
        Headers = ForPages,
        Failures =
        [
            FailureKind.ContainerUnknown, FailureKind.NameInvalid, FailureKind.BlobNotFound, FailureKind.PreconditionFailed,
            FailureKind.RightMissing,
            .. head ? (FailureKind[])[] : [FailureKind.RangeNotSatisfiable, FailureKind.ReadConflict], .. ApiFailures.Storage,
        ],
    };

    private static ApiOperation DeleteBlob() => new(
        "Blob",
        "Deletes a blob.",
        "Off unless `Sluice:Blob:AllowDelete` is true. A blob with a lease, with snapshots, or under an immutability policy is not deleted "
            + "(docs/reading.md).")
    {
        Parameters =
        [
            .. BlobPath,
            .. Properties.Where(static property => property.Name.StartsWith("If-", StringComparison.Ordinal))
                .Select(static property => property with
                {
                    Description = property.Description.Replace("Store only", "Delete only", StringComparison.Ordinal)
                }),
        ],
        Answers = [new("204", "The blob is deleted.")],
        Headers = ForPages,
        Failures =
        [
            FailureKind.MethodRefused, FailureKind.ContainerUnknown, FailureKind.NameInvalid, FailureKind.HeaderInvalid,
            FailureKind.RightMissing,
            FailureKind.BlobNotFound, FailureKind.PreconditionFailed, FailureKind.WriteConflict, .. ApiFailures.Storage,
        ],
    };

    private static ApiOperation Ingest() => new(
        "Ingest",
        "Stores, relays or refuses the body according to the rules.",
        "The first rule of `Sluice:Routes` that matches the request and the first bytes of its body applies (docs/routing.md). `POST "
            + "/api/peek?path=` explains which one and why.")
    {
        Parameters =
        [
            new("path", "name", "The path that the rules match. It may contain slashes, encoded (`%2F`) or not."),
            .. Properties, .. Declared, .. Wants
        ],
        Body = "Any body. Rules can match its `Content-Type` and its first bytes.",
        Answers =
        [
            Stored,
            new("default", "A problem with the status that the rule sets (`urn:sluice:problem:route-refused`).", NoStore)
            {
                MediaType = "application/problem+json",
                Schema = typeof(ProblemResponse),
            },
        ],
        Headers = ForPages,
        IsRelayed = true,
        Failures =
        [
            FailureKind.NoRoute, FailureKind.RouteRefused, FailureKind.NameUnavailable, FailureKind.DownstreamRefused, .. ApiFailures.Store,
            .. ApiFailures.Relay
        ],
    };

    private static ApiOperation Relay() => new(
        "Relay",
        "Relays the request to a configured target and returns its response.",
        "The target receives the method, path, query, headers and body, without the headers that concern only the connection to Sluice "
            + "(docs/relay.md).")
    {
        Parameters =
        [
            new("path", "target", "The target, one of `Sluice:Relay:Targets`."),
            new("path", "path", "The path below the path of the target's address. It may contain slashes; do not encode them."),
            .. Declared,
        ],
        Body = "Any body, or none.",
        Answers =
        [
            new("200", "The response of the target: its status, headers and body."),
        ],
        IsRelayed = true,
        Failures = [FailureKind.TargetUnknown, .. ApiFailures.Relay],
    };

    private static ApiOperation Peek() => new(
        "Peek",
        "Reports what Sluice detects in a body and would do with it, without storing it.",
        "Reads no further than the peek window (`Sluice:Peek:WindowBytes`). Without a query, it reports what a PUT to any blob would do.")
    {
        Parameters =
        [
            new("query", "container", "With `name`: report what a PUT to this blob would do."),
            new("query", "name", "The blob's name."),
            new("query", "path", "Report what the rules do with a request to `/api/ingest/PATH`."),
            new("query", "method", "The method of that request. The default is PUT."),
        ],
        Body = "The body, or its beginning.",
        Answers = [new("200", "What was detected, and what Sluice would do.", NoStore) { MediaType = Json, Schema = typeof(PeekReport) }],
        Failures = [FailureKind.BodyTruncated, FailureKind.ClientStalled],
    };

    private static ApiOperation Replay() => new(
        "EventsReplay",
        "Delivers events again.",
        "Those in the dead-letter queue that have everything that the query says, or the event of one blob (docs/events.md). At least one "
            + "parameter is required. Requires the scope `admin`.")
    {
        Parameters =
        [
            new("query", "id", "The id of the event."),
            new("query", "destination", "The destination. It is switched on again if it had returned 410."),
            new("query", "from", "The earliest time of the event, such as `2030-01-31T12:00:00Z`."),
            new("query", "before", "The time before which the event happened."),
            new("query", "blob", "`CONTAINER/NAME` of a blob whose event is made anew. Only `destination` can be combined with it."),
        ],
        Answers = [new("202", "How many events are delivered again.", NoStore, ContentDigest, NoSniff) { MediaType = Json, Schema = typeof(ReplayResponse) }],
        Failures =
        [
            FailureKind.RouteUnknown, FailureKind.QueryInvalid, FailureKind.TargetUnknown, FailureKind.ContainerUnknown,
            FailureKind.BlobNotFound, .. ApiFailures.Storage,
        ],
    };

    private static ApiOperation Live() => new("HealthLive", "Liveness probe.", "Does not check dependencies. Requires no key.")
    {
        IsAnonymous = true,
        IsLimited = false,
        Answers = [new("200", "The process is running.", NoStore) { MediaType = Json, Schema = typeof(HealthResponse) }],
    };

    private static ApiOperation Ready() => new(
        "HealthReady",
        "Readiness probe.",
        "Checks that the instance has started, is not shutting down, and can reach all configured containers. Requires no key. The "
            + "result is cached for `Sluice:Health:CacheTime`.")
    {
        IsAnonymous = true,
        IsLimited = false,
        Answers = [new("200", "The instance is ready.", NoStore) { MediaType = Json, Schema = typeof(HealthResponse) }],
        Failures = [FailureKind.NotReady],
    };

    private static ApiOperation OpenApi() => new("OpenApi", "Returns this OpenAPI document.", "OpenAPI 3.1 (docs/openapi.json).")
    {
        Answers = [new("200", "An OpenAPI document.", NoSniff) { MediaType = Json }],
    };

    private static ApiOperation UploadPage() => new(
        "UploadPage",
        "Returns the upload page.",
        "A page for browsers. It uploads files through `/api/files` with tus-js-client, and asks for a key if they require one "
            + "(docs/upload-page.md). Requires no key.")
    {
        IsAnonymous = true,
        Parameters = [new("header", "If-None-Match", "Return 304 if the page still has this entity tag.")],
        Answers = [new("200", "The page.", Page) { MediaType = "text/html" }, new("304", "Not modified.", Page)],
        Failures = [FailureKind.RouteUnknown],
    };
}
