using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>Creates uploads, by any of the protocols.</summary>
internal sealed class FilesCreation(
    EndpointGuard guard, FilesResponses responses, UploadPipeline pipeline, ResumableUploads uploads, UploadTickets tickets,
    InterimResponses interim, UploadRights rights)
{
    /// <summary>tus: Creation, and Concatenation.</summary>
    public async Task<IResult> CreateTusAsync(HttpRequest request, CancellationToken aborted)
    {
        if (TusRequest.CheckVersion(request) is { } other)
        {
            return responses.Refuse(request, other);
        }

        if (!tickets.CreateTus(request).TryGet(out var ticket, out var failure))
        {
            return responses.Refuse(request, failure);
        }

        if (ticket.Role == UploadRole.Final)
        {
            return tickets.FindParts(request).TryGet(out var parts, out failure)
                ? await CreateAsync(
                    request, ticket,
                    (whole, _, watch) => uploads.ConcatenateAsync(whole, parts, request.Headers[UploadHeaders.Concat].ToString(), watch),
                    aborted)
                : responses.Refuse(request, failure);
        }

        return TusRequest.First(request).TryGet(out var first, out failure)
            ? await CreateAsync(request, ticket, (upload, _, watch) => uploads.CreateAsync(upload, first, watch), aborted)
            : responses.Refuse(request, failure);
    }

    /// <summary>Resumable Uploads for HTTP: section 4.2.</summary>
    public async Task<IResult> CreateHttpAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!tickets.CreateHttp(request).TryGet(out var created, out var failure))
        {
            return responses.Refuse(request, failure);
        }

        var (ticket, bound) = created;
        var isAnnounced = interim.IsPossible(request.HttpContext);
        var bringsAll = HttpUploadRequest.Completes(request) == true;
        if (bringsAll && !(isAnnounced && CanResume(bound)))
        {
            return await StoreAsync(request, ticket, bound, aborted);
        }

        return HttpUploadRequest.First(request).TryGet(out var first, out failure)
            ? await CreateAsync(
                request, ticket, (upload, location, watch) => uploads.CreateAsync(
                    upload, first is null ? null : first with { IsTimed = !bringsAll, Report = interim.Reporter(request) }, watch,
                    isAnnounced ? () => InterimResponses.AnnounceAsync(request, location, responses.Limits(upload), watch) : null), aborted)
            : responses.Refuse(request, failure);
    }

    /// <summary>The chunking of Azure Logic Apps and Power Automate: its first request, which is empty.</summary>
    /// <param name="request">The request.</param>
    /// <param name="blob">The blob that its URL names; null if the settings name it.</param>
    /// <param name="aborted">Fires when the client disconnects.</param>
    public async Task<IResult> CreateLogicAppsAsync(HttpRequest request, BlobTarget? blob, CancellationToken aborted)
    {
        return tickets.CreateLogicApps(request, blob).TryGet(out var ticket, out var failure)
            ? await CreateAsync(
                request, ticket, async (upload, _, watch) => await CheckAsync(upload, watch) is { } refused
                    ? refused
                    : await uploads.CreateAsync(upload, first: null, watch), aborted)
            : responses.Refuse(request, failure);

        async ValueTask<Failure?> CheckAsync(UploadTicket upload, BodyWatch watch) =>
            uploads.Check(upload)
            ?? await LogicAppsRequest.CheckEmptyAsync(request, watch)
            ?? (blob is null ? null : await uploads.CheckConditionAsync(upload, watch.Token));
    }

    // What a ticket can't keep is checked by a request that is stored at once: conditions, and digests that have no state to continue from.
    private static bool CanResume(Upload bound) =>
        !bound.Condition.IsSet
        && bound.Digests.All(static digest => digest.Algorithm != DigestAlgorithm.Md5 && digest.Algorithm != DigestAlgorithm.Crc64);

    // The app's own code decides; then the upload gets its URL, and begins.
    private async Task<IResult> CreateAsync(
        HttpRequest request, UploadTicket ticket, Func<UploadTicket, string, BodyWatch, ValueTask<Result<UploadStatus>>> create,
        CancellationToken aborted)
    {
        using var watch = pipeline.Watch(aborted);
        if (!rights.Grant(request, ticket).TryGet(out var granted, out var failure)
            || !(await DecideAsync(request, granted, watch)).TryGet(out granted, out failure))
        {
            pipeline.Listener?.Failed(ticket.Note, failure);
            return responses.Refuse(request, failure);
        }

        // For the place that the app has chosen, if it is another one.
        if (!rights.Grant(request, granted).TryGet(out var upload, out failure)
            || !tickets.Locate(request, upload).TryGet(out var location, out failure))
        {
            pipeline.Listener?.Failed(granted.Note, failure);
            return responses.Refuse(request, failure);
        }

        return (await create(upload, location, watch)).TryGet(out var status, out failure)
            ? responses.Answer(request, status, location)
            : responses.Refuse(request, failure, upload);
    }

    private async ValueTask<Result<UploadTicket>> DecideAsync(HttpRequest request, UploadTicket ticket, BodyWatch watch)
    {
        if (UploadRequest.Gate(request, UploadKind.Resumable) is not { } gate)
        {
            return ticket;
        }

        // What is refused in any case is not decided by the app.
        var decided = (watch.Refusal ?? uploads.Check(ticket)) is { } refused
            ? refused
            : await TicketDecision.DecideAsync(gate, request, ticket, watch.Token);
        if (decided.Failure is not { } failure)
        {
            return decided;
        }

        failure = watch.Blame(failure);
        pipeline.LogFailure(failure, ticket.ToString(), ticket.Sender);
        return failure;
    }

    // Nothing can be resumed: without a 104 the sender could not know the upload's URL.
    private async Task<IResult> StoreAsync(HttpRequest request, UploadTicket ticket, Upload upload, CancellationToken aborted)
    {
        if (ticket.Length is { } length && request.ContentLength is { } content && length != content)
        {
            return responses.Refuse(request, new Failure(
                FailureKind.UploadLengthInconsistent, Phase.Admit,
                $"The upload was declared as {length} bytes, but this request has {content}."));
        }

        var taken = await pipeline.TakeAsync(
            upload with
            {
                Id = ticket.Id,
                Operation = RightOperation.Resume,
                Destination = new Destination(ticket.Target),
                Length = request.ContentLength ?? ticket.Length,
                MaxBytes = uploads.MaxBytes,
                Condition = ticket.CreateOnly ? new(null, "*") : upload.Condition,
            },
            aborted);
        if (taken.Failure is { } refused)
        {
            return responses.Refuse(request, refused);
        }

        HttpDraft.Of(request).Write(request.HttpContext.Response.Headers, isComplete: true);
        return guard.Answer(taken);
    }
}
