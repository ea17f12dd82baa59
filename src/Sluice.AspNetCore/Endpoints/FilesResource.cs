using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>Requests for an upload that exists, by any of the protocols.</summary>
internal sealed class FilesResource(
    FilesResponses responses, UploadPipeline pipeline, ResumableUploads uploads, UploadTickets tickets, InterimResponses interim,
    UploadRights rights)
{
    /// <summary>The methods of an upload.</summary>
    public static readonly IReadOnlyList<string> Methods = ["POST", "HEAD", "GET", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>The state of the upload.</summary>
    public Task<IResult> FindAsync(HttpRequest request, CancellationToken aborted) =>
        RunAsync(request, uploads.FindAsync, aborted);

    /// <summary>Cancels the upload.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, CancellationToken aborted) =>
        RunAsync(request, uploads.CancelAsync, aborted);

    /// <summary>Appends the bytes of the request.</summary>
    public Task<IResult> AppendAsync(HttpRequest request, CancellationToken aborted) =>
        RunAsync(request, (ticket, watch) => AppendAsync(request, ticket, watch), aborted);

    private ValueTask<Result<UploadStatus>> AppendAsync(HttpRequest request, UploadTicket ticket, BodyWatch watch)
    {
        if (ticket.Role == UploadRole.Final)
        {
            // Concatenation: 403.
            return ValueTask.FromResult<Result<UploadStatus>>(new Failure(
                FailureKind.UploadCompleted, Phase.Admit, "A final upload accepts no bytes: it consists of its parts.")
            { Status = StatusCodes.Status403Forbidden });
        }

        return UploadProtocol.Of(ticket).Patch(request, interim).TryGet(out var append, out var failure)
            ? uploads.AppendAsync(ticket, append, watch)
            : ValueTask.FromResult<Result<UploadStatus>>(failure);
    }

    // Common to all of them: the upload's ticket, the protocol that it was created with, and the response.
    private async Task<IResult> RunAsync(
        HttpRequest request, Func<UploadTicket, BodyWatch, ValueTask<Result<UploadStatus>>> run, CancellationToken aborted)
    {
        // Where another method is named, the actual one must not be carried out (tus, X-HTTP-Method-Override). Only POST stands for others:
        // GET and HEAD are safe (RFC 9110, section 9.2.1), and who can send PATCH and DELETE needs no detour.
        if (UploadHeaders.NamesAnotherMethod(request) && !HttpMethods.IsPost(request.Method))
        {
            return responses.RefuseMethod(
                request, $"Send {UploadHeaders.MethodOverride} with POST, not with {request.Method}.", Methods);
        }

        // Even before it is known whether there is such an upload.
        if (TusRequest.CheckNamedVersion(request) is { } version)
        {
            return responses.Refuse(request, version);
        }

        if (!tickets.Find(request).TryGet(out var ticket, out var failure))
        {
            return responses.Refuse(request, failure);
        }

        var protocol = UploadProtocol.Of(ticket);
        if (protocol.Check(request) is { } other)
        {
            return responses.Refuse(request, other, ticket);
        }

        if (!protocol.Describe(ticket, request).TryGet(out var described, out failure)
            || !rights.Grant(request, described).TryGet(out var upload, out failure))
        {
            return responses.Refuse(request, failure, ticket);
        }

        using var watch = pipeline.Watch(aborted);
        return (await run(upload, watch)).TryGet(out var status, out failure)
            ? responses.Answer(request, status)
            : responses.Refuse(request, failure, ticket);
    }
}
