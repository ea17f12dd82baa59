using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// One body, from the request to its destination. Failures are values; whatever happens, nothing is visible before step 6.
/// <code>
///               1 admit          2 peek          3 route        4 open        5 transfer          6 commit
/// request ---> length, name, --> first bytes, -> destination -> block    ---> guarded body ---> digest, length:
///              condition,        none consumed   and media      upload,       block by block,   visible, or abandoned
///              a turn                            type           request       memory as it comes
/// </code>
/// Steps 0 (bind) and 7 (answer) belong to the endpoint; for a relayed body the downstream service sends the response.
/// </summary>
internal sealed class UploadPipeline(
    Admission admission, IOptions<PeekOptions> peek, IBlobUploads uploads, UploadTransfer transfer, BodyWatches watches,
    UploadFrames<UploadPipeline> frames)
{
    /// <summary>Guards a request's body. <paramref name="aborted"/> signals that its sender has disconnected.</summary>
    public BodyWatch Watch(CancellationToken aborted) => watches.Begin(aborted);

    /// <summary>Takes a body that is the whole body of a request.</summary>
    public async ValueTask<Result<UploadOutcome>> TakeAsync(Upload upload, CancellationToken aborted)
    {
        using var watch = watches.Begin(aborted);
        return await TakeAsync(upload, watch);
    }

    /// <summary>Takes a body, which may be one of several in a request.</summary>
    public async ValueTask<Result<UploadOutcome>> TakeAsync(Upload upload, BodyWatch watch)
    {
        await using var context = new UploadContext(upload, frames);
        var taken = await RunAsync(context, watch);
        var result = taken.Failure is { } failure ? watch.Blame(context.Blame(failure)) : taken;
        context.End(result.Failure, result.TryGet(out var outcome, out _) ? outcome.Outcome : OutcomeKind.Failed);
        return result;
    }

    /// <summary>
    /// Takes a body that goes to a blob as far as possible without becoming visible: steps 1 to 5. The caller commits it, which needs no
    /// memory.
    /// </summary>
    public async ValueTask<Result<DeferredUpload>> DeferAsync(Upload upload, BodyWatch watch)
    {
        var context = new UploadContext(upload, frames);
        var isDeferred = false;
        try
        {
            var deferred = await StageAsync(context, watch);
            if (deferred.Failure is { } failure)
            {
                failure = watch.Blame(context.Blame(failure));
                context.End(failure);
                return failure;
            }

            isDeferred = true;
            return deferred;
        }
        finally
        {
            await context.SettleAsync();
            if (!isDeferred)
            {
                context.Dispose();
            }
        }
    }

    /// <inheritdoc cref="UploadFrames.Listener"/>
    public IUploadListener? Listener => frames.Listener;

    /// <inheritdoc cref="UploadFrames.LogFailure"/>
    public void LogFailure(Failure failure, string destination, string? caller = null) =>
        frames.LogFailure(failure, destination, caller);

    // All six steps.
    private async ValueTask<Result<UploadOutcome>> RunAsync(UploadContext context, BodyWatch watch)
    {
        var plan = context.Upload.Destination is { Store: null } ? BlockPlan.None : admission.PlanFor(context.Upload.Length);
        if (!(await AdmitAndRouteAsync(context, plan, watch)).TryGet(out var route, out var refused))
        {
            return refused;
        }

        if (route.Upload is not { } routed)
        {
            return context.Challenged(route.Challenge!);
        }

        // 1 admit, once more: a rule has chosen the destination, which can be checked only now.
        var unadmitted = route.IsAdmitted ? null : await AdmitAsync(context, routed.Destination, plan, watch.Token);
        return routed.Deduplication is { } deduplication
            ? context.Settled(await DeliverOnceAsync(context, routed, deduplication, plan, unadmitted, watch))
            : unadmitted ?? await DeliverAsync(context, routed, plan, watch);
    }

    // Steps 1 to 5, and no memory is left.
    private async ValueTask<Result<DeferredUpload>> StageAsync(UploadContext context, BodyWatch watch)
    {
        var plan = admission.PlanFor(context.Upload.Length);
        if (!(await AdmitAndRouteAsync(context, plan, watch)).TryGet(out var route, out var failure))
        {
            return failure;
        }

        if (route.Upload is not { Destination.Store: { } target } routed)
        {
            throw new InvalidOperationException("Only an upload that has a blob for its destination can be deferred.");
        }

        if (!route.IsAdmitted && await AdmitAsync(context, routed.Destination, plan, watch.Token) is { } unadmitted)
        {
            return unadmitted;
        }

        // 4 open, 5 transfer
        context.Enter(Phase.Transfer);
        using var guarded = context.Body = admission.Guard(context.Upload, routed, plan, watch);
        var write = routed.Write(context.Upload, target, context.Rule);
        var blob = uploads.Open(write, plan, Sender(context.Upload, watch));
        return await DeferredUpload.StageAsync(context, blob, write, guarded, watch.Token);
    }

    private async ValueTask<Result<Route>> AdmitAndRouteAsync(UploadContext context, BlockPlan plan, BodyWatch watch)
    {
        // 1 admit: whatever can be decided before the first byte.
        var upload = context.Upload;
        if (watch.Refusal is { } closed)
        {
            return closed;
        }

        if (upload.Destination is { } named)
        {
            if (admission.Grant(context, named) is { } forbidden)
            {
                return forbidden;
            }

            upload = context.Upload;
            // The app's own code may choose another blob: storage is asked about that one.
            var refused = upload.Gate is null
                ? await AdmitAsync(context, named, plan, watch.Token)
                : admission.Check(upload, named, plan);
            if (refused is not null)
            {
                return refused;
            }

            upload = context.Upload;

            // A body of any type that is only relayed is not delayed, and the downstream service can refuse it before it is requested.
            if (named.Store is null && upload.MediaTypes is null && upload.Gate is null)
            {
                return Route.To(new RoutedUpload(upload.Body, named));
            }
        }

        // 2 peek: the first bytes, none of which is consumed.
        context.Enter(Phase.Peek);
        var peeked = await upload.Body.PeekAsync(
            Math.Max(peek.Value.WindowBytes, upload.PeekBytes), watch.Idle,
            (head, isWhole) => PeekedUpload.Of(upload, head, isWhole), watch.Token);
        if (!peeked.TryGet(out var seen, out var unread))
        {
            return unread;
        }

        context.Peek = seen.Result;

        // 3 route: the destination, by the request or by the rules, and then by the app's own code.
        var route = upload.Destination is { } destination
            ? Route.To(new RoutedUpload(upload.Body, destination) { Peek = seen.Result })
            : Route.Choose(context, seen, admission);
        // The rights for what a rule has chosen may restrict it.
        upload = context.Upload;
        if (route.Failure is null && CheckMediaType(upload, seen) is { } unaccepted)
        {
            return unaccepted;
        }

        if (upload.Gate is not { } gate || !route.TryGet(out var chosen, out _) || chosen.Upload is not { } routed)
        {
            return route;
        }

        var unadmitted = chosen.IsAdmitted ? null : admission.Check(upload, routed.Destination, plan);
        return unadmitted is null ? await DecideAsync(context, gate, routed, seen, watch.Token) : unadmitted;
    }

    // What was refused already is not decided by the app, and nothing that it decides escapes the same checks.
    private async ValueTask<Result<Route>> DecideAsync(
        UploadContext context, IUploadGate gate, RoutedUpload routed, PeekedUpload seen, CancellationToken cancellationToken)
    {
        var route = await Route.DecideAsync(context, gate, routed, seen, admission, cancellationToken);
        return route.Failure is null && CheckMediaType(context.Upload, seen) is { } unaccepted ? unaccepted : route;
    }

    private static Failure? CheckMediaType(Upload upload, PeekedUpload seen) => upload.MediaTypes?.Check(
        upload.Properties.ContentType, seen.Result.MediaType, upload.Properties.ContentEncoding);

    private ValueTask<Failure?> AdmitAsync(
        UploadContext context, Destination destination, BlockPlan plan, CancellationToken cancellationToken)
    {
        context.Enter(Phase.Admit);
        return admission.AdmitAsync(context, destination, plan, cancellationToken);
    }

    // A deduplicated body: repeats until no other body has taken its name first.
    private async ValueTask<Result<UploadOutcome>> DeliverOnceAsync(
        UploadContext context, RoutedUpload routed, Deduplication deduplication, BlockPlan plan, Failure? unadmitted, BodyWatch watch)
    {
        for (var isRead = false; ;)
        {
            isRead |= unadmitted is null;
            var taken = unadmitted ?? await DeliverAsync(context, routed, plan, watch);
            if (taken.Failure is not { Kind: FailureKind.PreconditionFailed })
            {
                return taken.TryGet(out var outcome, out _) && outcome.Receipt is not null && deduplication.Suffix is { } suffix
                    ? context.Beside(outcome, suffix)
                    : taken;
            }

            if (!(await deduplication.FindAsync(watch.Token)).TryGet(out var place, out var failure))
            {
                return failure;
            }

            if (deduplication.Duplicate is { } duplicate)
            {
                return context.Repeated(duplicate);
            }

            if (isRead)
            {
                if (routed.Whole is not { } whole)
                {
                    return new Failure(
                        FailureKind.WriteConflict, Phase.Seal,
                        "Another upload of the same name arrived at the same time. Send this one again.");
                }

                routed = routed with { Body = IncomingBody.Of(whole) };
            }

            var destination = routed.Destination with { Store = place, Relay = context.IsAnswered ? null : routed.Destination.Relay };
            (routed, context.Destination) = (routed with { Destination = destination }, destination);
            unadmitted = await AdmitAsync(context, destination, plan, watch.Token);
        }
    }

    private async ValueTask<Result<UploadOutcome>> DeliverAsync(UploadContext context, RoutedUpload routed, BlockPlan plan, BodyWatch watch)
    {
        // 4 open: the blob upload, the outgoing request, or both. Nothing is sent yet.
        context.Enter(Phase.Transfer);
        var (upload, destination) = (context.Upload, routed.Destination);
        using var guarded = context.Body = admission.Guard(upload, routed, plan, watch);
        if (destination.Store is not { } target)
        {
            return await UploadTransfer.RelayAsync(context, destination.Relay!.Value, guarded, watch.Token);
        }

        var write = routed.Write(upload, target, context.Rule);
        await using var blob = uploads.Open(write, plan, Sender(upload, watch));

        // 5 transfer, 6 commit
        if (destination.Relay is null)
        {
            return await UploadTransfer.StoreAsync(context, blob, guarded, write, watch.Token);
        }

        try
        {
            var taken = await transfer.StoreAndRelayAsync(context, blob, routed, guarded, write, watch.Token);
            write.FirstAttempt?.End(taken.TryGet(out var outcome, out _) && outcome.DownstreamStatus is >= 200 and < 300);
            return taken;
        }
        finally
        {
            write.FirstAttempt?.End(succeeded: false);
        }
    }

    private static BodySender Sender(Upload upload, BodyWatch watch) =>
        new(upload.Caller, upload.IsVouchedFor?.Invoke() ?? true, watch.Idle);
}
