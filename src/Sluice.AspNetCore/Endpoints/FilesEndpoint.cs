using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>/api/files</c> and <c>/api/files/{id}</c>: uploads that span several requests, by tus 1.0.0 and by Resumable Uploads for HTTP. The
/// request that creates an upload declares its protocol: <c>Tus-Resumable</c> or <c>Upload-Complete</c>. docs/protocol.md has every rule.
/// </summary>
public sealed class FilesEndpoint
{
    private const string Extensions = "creation,creation-with-upload,creation-defer-length,expiration,checksum,concatenation,termination";

    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly ResumableUploads _uploads;
    private readonly UploadTickets _tickets;
    private readonly UploadLimits _limits;
    private readonly ResumableOptions _options;

    internal FilesEndpoint(
        EndpointGuard guard, UploadPipeline pipeline, ResumableUploads uploads, UploadTickets tickets, IOptions<ResumableOptions> options,
        IOptions<BlobOptions> blob)
    {
        _guard = guard;
        _pipeline = pipeline;
        _uploads = uploads;
        _tickets = tickets;
        _options = options.Value;
        _limits = new UploadLimits(uploads.MaxBytes, _options, blob.Value.MaxBlocks);
    }

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>OPTIONS: the supported protocol features, and what pages of other origins may do.</summary>
    public Task<IResult> DiscoverAsync(HttpRequest request) => RunAsync(request, (_, _) => Task.FromResult<IResult>(Discover(request)));

    /// <summary>POST: creates an upload, with or without its first bytes; or stores a complete body at once.</summary>
    public Task<IResult> CreateAsync(HttpRequest request) => RunAsync(request, (_, aborted) =>
        request.Headers.ContainsKey(UploadHeaders.TusResumable) ? CreateTusAsync(request, aborted)
        : HttpUploadRequest.Completes(request) is { } completes ? CreateHttpAsync(request, completes, aborted)
        : Task.FromResult(_guard.Refuse(new Failure(
            FailureKind.HeaderInvalid, Phase.Admit,
            $"Select a protocol: send {UploadHeaders.TusResumable}: {TusRequest.Version}, or {UploadHeaders.Complete}: "
                + $"?0 (draft-ietf-httpbis-resumable-upload)."))));

    /// <summary>HEAD, GET: the offset of the upload.</summary>
    public Task<IResult> FindAsync(HttpRequest request) =>
        RunAsync(request, (ticket, watch) => _uploads.FindAsync(ticket, watch), speaks: !HttpMethods.IsGet(request.Method), asks: true);

    /// <summary>PATCH, or POST with that method in <c>X-HTTP-Method-Override</c>: appends bytes to the upload.</summary>
    public Task<IResult> AppendAsync(HttpRequest request)
    {
        var method = HttpMethods.IsPost(request.Method) ? request.Headers[UploadHeaders.MethodOverride].ToString() : request.Method;
        return HttpMethods.IsPatch(method) ? RunAsync(request, (ticket, watch) => AppendAsync(request, ticket, watch), speaks: true)
            : HttpMethods.IsHead(method) ? FindAsync(request)
            : HttpMethods.IsDelete(method) ? CancelAsync(request)
            : RunAsync(request, (_, _) => Task.FromResult(_guard.Refuse(new Failure(
                FailureKind.MethodRefused, Phase.Admit, $"A POST to an upload requires {UploadHeaders.MethodOverride}.")
            {
                Allow = ["HEAD", "GET", "PATCH", "DELETE", "OPTIONS"],
            })));
    }

    /// <summary>DELETE: abandons the upload.</summary>
    public Task<IResult> CancelAsync(HttpRequest request) =>
        RunAsync(request, (ticket, watch) => _uploads.CancelAsync(ticket, watch), speaks: true);

    private ValueTask<Result<UploadStatus>> AppendAsync(HttpRequest request, UploadTicket ticket, BodyWatch watch)
    {
        if (ticket.Role == UploadRole.Final)
        {
            // Concatenation: 403.
            return ValueTask.FromResult<Result<UploadStatus>>(new Failure(
                FailureKind.UploadCompleted, Phase.Admit, "A final upload accepts no bytes: it consists of its parts.")
            { Status = StatusCodes.Status403Forbidden });
        }

        var read = ticket.Dialect == UploadDialect.Tus ? TusRequest.Patch(request) : HttpUploadRequest.Patch(request);
        return read.TryGet(out var append, out var failure)
            ? _uploads.AppendAsync(ticket, append, watch)
            : ValueTask.FromResult<Result<UploadStatus>>(failure);
    }

    private async Task<IResult> CreateTusAsync(HttpRequest request, CancellationToken aborted)
    {
        if (TusRequest.CheckVersion(request) is { } other)
        {
            return Refuse(request, other);
        }

        if (!_tickets.CreateTus(request).TryGet(out var ticket, out var failure))
        {
            return Refuse(request, failure);
        }

        if (ticket.Role == UploadRole.Final)
        {
            return _tickets.FindParts(request).TryGet(out var parts, out failure)
                ? await CreateAsync(request, ticket, (whole, watch) => _uploads.ConcatenateAsync(whole, parts, watch), aborted)
                : Refuse(request, failure);
        }

        return TusRequest.First(request).TryGet(out var first, out failure)
            ? await CreateAsync(request, ticket, (upload, watch) => _uploads.CreateAsync(upload, first, watch), aborted)
            : Refuse(request, failure);
    }

    private async Task<IResult> CreateHttpAsync(HttpRequest request, bool completes, CancellationToken aborted)
    {
        if (!_tickets.CreateHttp(request).TryGet(out var ticket, out var failure))
        {
            return Refuse(request, failure);
        }

        if (completes)
        {
            return await StoreAsync(request, ticket, aborted);
        }

        return HttpUploadRequest.First(request).TryGet(out var first, out failure)
            ? await CreateAsync(request, ticket, (upload, watch) => _uploads.CreateAsync(upload, first, watch), aborted)
            : Refuse(request, failure);
    }

    // The app's own code decides; then the upload gets its URL, and begins.
    private async Task<IResult> CreateAsync(
        HttpRequest request, UploadTicket ticket, Func<UploadTicket, BodyWatch, ValueTask<Result<UploadStatus>>> create,
        CancellationToken aborted)
    {
        using var watch = _pipeline.Watch(aborted);
        if (!(await DecideAsync(request, ticket, watch)).TryGet(out var upload, out var failure)
            || !_tickets.Locate(request, upload).TryGet(out var location, out failure))
        {
            return Refuse(request, failure);
        }

        return (await create(upload, watch)).TryGet(out var status, out failure)
            ? Answer(status, StatusCodes.Status201Created, location)
            : Refuse(request, failure, upload);
    }

    private async ValueTask<Result<UploadTicket>> DecideAsync(HttpRequest request, UploadTicket ticket, BodyWatch watch)
    {
        if (UploadRequest.Gate(request) is not { } gate)
        {
            return ticket;
        }

        // What is refused in any case is not decided by the app.
        var decided = (watch.Refusal ?? _uploads.Check(ticket)) is { } refused
            ? refused
            : await UploadTickets.DecideAsync(gate, request, ticket, watch.Token);
        if (decided.Failure is not { } failure)
        {
            return decided;
        }

        failure = watch.Blame(failure);
        _pipeline.LogFailure(failure, ticket.ToString());
        return failure;
    }

    // Nothing can be resumed: without a 104 (Kestrel can't send one) the sender could not know the upload's URL.
    private async Task<IResult> StoreAsync(HttpRequest request, UploadTicket ticket, CancellationToken aborted)
    {
        if (!UploadRequest.Bind(request).TryGet(out var upload, out var failure))
        {
            return Refuse(request, failure);
        }

        if (ticket.Length is { } length && request.ContentLength is { } content && length != content)
        {
            return Refuse(request, new Failure(
                FailureKind.UploadLengthInconsistent, Phase.Admit,
                $"The upload was declared as {length} bytes, but this request has {content}."));
        }

        var taken = await _pipeline.TakeAsync(
            upload with
            {
                Id = ticket.Id,
                Destination = new Destination(ticket.Target),
                Length = request.ContentLength ?? ticket.Length,
                MaxBytes = _uploads.MaxBytes,
                Condition = ticket.CreateOnly ? new(null, "*") : upload.Condition,
            },
            aborted);
        if (taken.Failure is { } refused)
        {
            return Refuse(request, refused);
        }

        request.HttpContext.Response.Headers[UploadHeaders.Complete] = "?1";
        return _guard.Answer(taken);
    }

    // Common to every request of an upload: its ticket, the protocol version, and the response.
    private Task<IResult> RunAsync(
        HttpRequest request, Func<UploadTicket, BodyWatch, ValueTask<Result<UploadStatus>>> run, bool speaks, bool asks = false) =>
        RunAsync(request, async (_, aborted) =>
        {
            if (!_tickets.Find(request).TryGet(out var ticket, out var failure))
            {
                return Refuse(request, failure);
            }

            if (speaks && ticket.Dialect == UploadDialect.Tus && TusRequest.CheckVersion(request) is { } other)
            {
                return Refuse(request, other);
            }

            using var watch = _pipeline.Watch(aborted);
            if (!(await run(ticket, watch)).TryGet(out var status, out failure))
            {
                return Refuse(
                    request,
                    ticket.Dialect == UploadDialect.Tus
                        ? TusRequest.Reported(failure, head: asks && !HttpMethods.IsGet(request.Method))
                        : failure,
                    ticket);
            }

            return Answer(
                status,
                asks && (HttpMethods.IsGet(request.Method) || ticket.Dialect == UploadDialect.Tus)
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status204NoContent,
                null);
        });

    private Task<IResult> RunAsync(HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> run) =>
        _guard.RunAsync(request, (_, aborted) =>
        {
            UploadCors.Apply(request, _options.AllowedOrigins);
            if (request.Headers.ContainsKey(UploadHeaders.TusResumable))
            {
                request.HttpContext.Response.Headers[UploadHeaders.TusResumable] = TusRequest.Version;
            }

            return run(request, aborted);
        });

    private IResult Answer(UploadStatus status, int code, string? location) =>
        _guard.Answer(status, code, _limits.Of(status.Ticket), location);

    private IResult Refuse(HttpRequest request, Failure failure, UploadTicket? ticket = null)
    {
        var headers = request.HttpContext.Response.Headers;
        if (failure.Kind == FailureKind.TusVersionUnsupported)
        {
            headers[UploadHeaders.TusVersion] = TusRequest.Version;
        }

        if (failure.Kind is FailureKind.BodyTooLarge or FailureKind.UploadExhausted)
        {
            var limits = ticket is null ? _limits : _limits.Of(ticket);
            headers[UploadHeaders.Limit] = limits.Write(null, null);
            headers.SetIfAny(UploadHeaders.TusMaxSize, headers.ContainsKey(UploadHeaders.TusResumable) ? Text(limits.MaxBytes) : null);
        }

        return _guard.Refuse(failure);
    }

    private NoContent Discover(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers[UploadHeaders.TusResumable] = TusRequest.Version;
        headers[UploadHeaders.TusVersion] = TusRequest.Version;
        headers[UploadHeaders.TusExtension] = Extensions;
        headers[UploadHeaders.TusMaxSize] = Text(_uploads.MaxBytes);
        headers[UploadHeaders.TusChecksumAlgorithm] = string.Join(',', TusRequest.Checksums.Keys);
        headers["Accept-Patch"] = HttpUploadRequest.MediaType;
        headers[UploadHeaders.Limit] = _limits.Write(null, _options.Lifetime);
        return TypedResults.NoContent();
    }
}
