using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>/api/files</c> and <c>/api/files/{id}</c>: uploads that span several requests, by tus 1.0.0, by Resumable Uploads for HTTP, and by
/// the chunking of Azure Logic Apps. The request that creates an upload declares its protocol: <c>Tus-Resumable</c>,
/// <c>Upload-Complete</c> or <c>x-ms-transfer-mode</c>. docs/protocol.md has every rule.
/// </summary>
public sealed class FilesEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly FilesCreation _creation;
    private readonly FilesResponses _responses;
    private readonly UploadPipeline _pipeline;
    private readonly ResumableUploads _uploads;
    private readonly UploadTickets _tickets;

    internal FilesEndpoint(
        EndpointGuard guard, FilesCreation creation, FilesResponses responses, UploadPipeline pipeline, ResumableUploads uploads,
        UploadTickets tickets)
    {
        _guard = guard;
        _creation = creation;
        _responses = responses;
        _pipeline = pipeline;
        _uploads = uploads;
        _tickets = tickets;
    }

    /// <summary>OPTIONS: the supported protocol features, and what pages of other origins may do.</summary>
    public Task<IResult> DiscoverAsync(HttpRequest request) => RunAsync(request, (_, _) => Task.FromResult(_responses.Discover(request)));

    /// <summary>POST: creates an upload, with or without its first bytes; or stores a complete body at once.</summary>
    public Task<IResult> CreateAsync(HttpRequest request) => RunAsync(request, (_, aborted) =>
        request.Headers.ContainsKey(UploadHeaders.TusResumable) ? _creation.CreateTusAsync(request, aborted)
        : HttpUploadRequest.Completes(request) is not null ? _creation.CreateHttpAsync(request, aborted)
        : HttpUploadRequest.IsHttpDraft(request) ? Task.FromResult(_responses.Refuse(request, new Failure(
            FailureKind.HeaderInvalid, Phase.Admit, $"{HttpDraft.Of(request).CompleteField} must be ?0 or ?1.")))
        : UploadHeaders.IsChunked(request) ? _creation.CreateLogicAppsAsync(request, blob: null, aborted)
        : Task.FromResult(_responses.Refuse(request, new Failure(
            FailureKind.TusVersionUnsupported, Phase.Admit,
            $"Select a protocol: send {UploadHeaders.TusResumable}: {TusRequest.Version}, or {UploadHeaders.Complete}: "
                + $"?0 (draft-ietf-httpbis-resumable-upload), or {UploadHeaders.TransferMode}: {UploadHeaders.Chunked} "
                + $"(Azure Logic Apps)."))));

    /// <summary>HEAD, GET: the offset of the upload.</summary>
    public Task<IResult> FindAsync(HttpRequest request) =>
        RunAsync(request, (ticket, watch) => _uploads.FindAsync(ticket, watch));

    /// <summary>PATCH, or POST with that method in <c>X-HTTP-Method-Override</c>: appends bytes to the upload.</summary>
    public Task<IResult> AppendAsync(HttpRequest request)
    {
        var method = UploadHeaders.Method(request);
        return HttpMethods.IsPatch(method) ? RunAsync(request, (ticket, watch) => AppendAsync(request, ticket, watch))
            : HttpMethods.IsHead(method) ? FindAsync(request)
            : HttpMethods.IsDelete(method) ? CancelAsync(request)
            : RunAsync(request, (_, _) => Task.FromResult(_responses.Refuse(request, new Failure(
                FailureKind.MethodRefused, Phase.Admit, $"A POST to an upload requires {UploadHeaders.MethodOverride}.")
            {
                Allow = ["HEAD", "GET", "PATCH", "DELETE", "OPTIONS"],
            })));
    }

    /// <summary>DELETE: abandons the upload.</summary>
    public Task<IResult> CancelAsync(HttpRequest request) =>
        RunAsync(request, (ticket, watch) => _uploads.CancelAsync(ticket, watch));

    private ValueTask<Result<UploadStatus>> AppendAsync(HttpRequest request, UploadTicket ticket, BodyWatch watch)
    {
        if (ticket.Role == UploadRole.Final)
        {
            // Concatenation: 403.
            return ValueTask.FromResult<Result<UploadStatus>>(new Failure(
                FailureKind.UploadCompleted, Phase.Admit, "A final upload accepts no bytes: it consists of its parts.")
            { Status = StatusCodes.Status403Forbidden });
        }

        return UploadProtocol.Of(ticket).Patch(request).TryGet(out var append, out var failure)
            ? _uploads.AppendAsync(ticket, append, watch)
            : ValueTask.FromResult<Result<UploadStatus>>(failure);
    }

    // Common to every request of an upload: its ticket, the protocol version, and the response.
    private Task<IResult> RunAsync(HttpRequest request, Func<UploadTicket, BodyWatch, ValueTask<Result<UploadStatus>>> run) =>
        RunAsync(request, async (_, aborted) =>
        {
            if (!_tickets.Find(request).TryGet(out var ticket, out var failure))
            {
                return _responses.Refuse(request, failure);
            }

            var protocol = UploadProtocol.Of(ticket);
            if (protocol.Check(request) is { } other)
            {
                return _responses.Refuse(request, other, ticket);
            }

            if (!protocol.Describe(ticket, request).TryGet(out var upload, out failure))
            {
                return _responses.Refuse(request, failure, ticket);
            }

            using var watch = _pipeline.Watch(aborted);
            return (await run(upload, watch)).TryGet(out var status, out failure)
                ? _responses.Answer(request, status)
                : _responses.Refuse(request, failure, ticket);
        });

    private Task<IResult> RunAsync(HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> run) =>
        _guard.RunAsync(request, (_, aborted) =>
        {
            FilesResponses.SetVersion(request);
            return run(request, aborted);
        });
}
