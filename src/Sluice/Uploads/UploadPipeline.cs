using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Peek;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// One body, from the request to its destination. Failures are values; whatever happens, nothing is visible before step 6.
/// <code>
///               1 admit          2 peek          3 route        4 open        5 transfer          6 seal
/// request ---> length, name, --> first bytes, -> destination -> block    ---> guarded body ---> digest, length:
///              condition,        none consumed   and media      upload,       block by block,   commit, or abandon
///              a turn                            type           request       memory as it comes
/// </code>
/// Steps 0 (bind) and 7 (answer) belong to the endpoint; for a relayed body the downstream service sends the response.
/// </summary>
internal sealed class UploadPipeline(
    Admission admission,
    IBlobUploads sinks,
    IOptions<BodyOptions> body,
    IOptions<PeekOptions> peek,
    Shutdown shutdown,
    IOptions<DigestOptions> digests,
    SluiceMetrics metrics,
    TimeProvider time,
    ILogger<UploadPipeline> logger)
{
    private readonly AdmitAndRoute _preparation = new(admission, peek);

    /// <summary>Guards a request's body. <paramref name="aborted"/> signals that its sender has disconnected.</summary>
    public BodyWatch Watch(CancellationToken aborted) => new(body.Value.IdleTimeout, shutdown, time, aborted);

    /// <summary>Takes a body that is the whole body of a request.</summary>
    public async ValueTask<Result<UploadOutcome>> TakeAsync(Upload upload, CancellationToken aborted)
    {
        using var watch = Watch(aborted);
        return await TakeAsync(upload, watch);
    }

    /// <summary>Takes a body, which may be one of several in a request.</summary>
    public async ValueTask<Result<UploadOutcome>> TakeAsync(Upload upload, BodyWatch watch)
    {
        using var run = new UploadContext(upload, metrics, time, logger);
        var taken = await TakeAsync(run, watch);
        var result = taken.Failure is { } failure ? watch.Blame(failure) : taken;
        run.End(result.Failure, result.TryGet(out var delivery, out _) ? delivery.Outcome : OutcomeKind.Failed);
        return result;
    }

    /// <summary>
    /// Takes a body that goes to a blob as far as possible without becoming visible: steps 1 to 5. The caller commits it, which needs no
    /// memory.
    /// </summary>
    public async ValueTask<Result<DeferredUpload>> DeferAsync(Upload upload, BodyWatch watch)
    {
        var run = new UploadContext(upload, metrics, time, logger);
        var deferred = default(DeferredUpload);
        try
        {
            if ((await StageAsync(run, watch)).TryGet(out var staged, out var failure))
            {
                run.Rest();
                deferred = new DeferredUpload(run, staged);
                return deferred;
            }

            failure = watch.Blame(failure);
            run.End(failure);
            return failure;
        }
        finally
        {
            if (deferred is null)
            {
                run.Dispose();
            }
        }
    }

    /// <summary>Logs and counts a failure of a request that belongs to none of its bodies.</summary>
    public void Note(Failure failure, string destination)
    {
        logger.NotStored(failure, destination);
        metrics.Failed(failure);
    }

    private async ValueTask<Result<StagedUpload>> StageAsync(UploadContext run, BodyWatch watch)
    {
        var plan = admission.PlanFor(run.Upload.Length);
        if (await _preparation.RunAsync(run, plan, watch) is { } refused)
        {
            return refused;
        }

        run.Enter(Phase.Transfer);
        using var guarded = Guard(run, plan, watch);
        var write = Write(run);
        if (!(await StagedUpload.TransferAsync(run, sinks.Open(write, plan, Sender(run, watch)), write, guarded, watch.Token)).TryGet(out var staged, out var failure))
        {
            return failure;
        }

        if (await staged.ReleaseAsync(watch.Token) is { } unreleased)
        {
            await staged.DisposeAsync();
            return unreleased;
        }

        return staged;
    }

    private async ValueTask<Result<UploadOutcome>> TakeAsync(UploadContext run, BodyWatch watch)
    {
        // 1 to 3
        var plan = admission.PlanFor(run.Upload.Length);
        var refused = await _preparation.RunAsync(run, plan, watch);
        if (run.Challenge is { } challenge)
        {
            return run.Challenged(challenge);
        }

        // 4 to 6
        return run.Settled(await DeliverAsync(run, plan, refused, watch));
    }

    // For a body that is stored once: repeats until no other body has taken its name first.
    private async ValueTask<Result<UploadOutcome>> DeliverAsync(UploadContext run, BlockPlan plan, Failure? refused, BodyWatch watch)
    {
        for (var isRead = false; ;)
        {
            isRead |= refused is null;
            var taken = refused ?? await DeliverAsync(run, plan, watch);
            if (run.Once is not { } once || taken.Failure is not { Kind: FailureKind.PreconditionFailed })
            {
                return taken.TryGet(out var delivery, out _) && delivery.Receipt is not null && run.Once?.Suffix is { } suffix ? run.Beside(delivery, suffix) : taken;
            }

            if (!(await once.FindAsync(watch.Token)).TryGet(out var place, out var failure))
            {
                return failure;
            }

            if (once.Duplicate is { } duplicate)
            {
                return run.Repeated(duplicate);
            }

            if (isRead && !run.TryReadAgain())
            {
                return new Failure(FailureKind.WriteConflict, Phase.Seal, "Another body of this name came at the same time; send this one again.");
            }

            run.Destination = run.Destination! with { Store = place, Relay = run.IsAnswered ? null : run.Destination.Relay };
            refused = await _preparation.AdmitAsync(run, plan, watch.Token);
        }
    }

    private async ValueTask<Result<UploadOutcome>> DeliverAsync(UploadContext run, BlockPlan plan, BodyWatch watch)
    {
        run.Enter(Phase.Transfer);
        var (destination, upload) = (run.Destination!, watch.Token);
        using var guarded = Guard(run, plan, watch);
        if (destination.Store is null)
        {
            await using var request = run.Upload.Downstreams.Open(destination.Relay!.Value);
            return await RelayAsync(run, request, guarded, upload);
        }

        var write = Write(run);
        await using var sink = sinks.Open(write, plan, Sender(run, watch));
        if (destination.Relay is not { } relay)
        {
            return await StoreAsync(run, sink, guarded, write, upload);
        }

        if (run.Whole is { } whole && destination.Commit == TeeCommit.BlobFirst)
        {
            return await StoreAsync(run, sink, guarded, write, upload) is var stored && stored.TryGet(out var delivery, out var failed)
                ? await PassOnAsync(run, delivery, relay, whole)
                : failed;
        }

        await using var downstream = run.Upload.Downstreams.Open(relay);
        return await TeeAsync(run, new BodyTee(sink, downstream, destination.Commit, run.Upload.Length, shutdown.Over), guarded, write, upload);
    }

    private GuardedBody Guard(UploadContext run, BlockPlan plan, BodyWatch watch)
    {
        IEnumerable<DigestAlgorithm> kept = [.. DigestAlgorithm.Of(digests.Value.Compute), .. run.Upload.Wants.Wanted, .. run.Once?.Digests ?? []];
        var computed = new BodyDigests(run.Destination!.Store is null ? [] : kept, run.Upload.Digests);
        return new(
            run.Body,
            watch.Idle,
            run.Upload.Length,
            admission.MaxBytes(run.Upload, run.Destination, plan),
            computed,
            run.Once is { } once ? [.. run.Upload.Checks, once.Check(computed)] : run.Upload.Checks);
    }

    private static BodySender Sender(UploadContext run, BodyWatch watch) => new(run.Upload.Caller, run.Upload.IsVouchedFor?.Invoke() ?? true, watch.Idle);

    private static BlobWrite Write(UploadContext run)
    {
        var mediaType = MediaTypeChoice.Stored(run.Upload.Properties.ContentType, run.Seen?.MediaType);
        return new BlobWrite(run.Upload.Id, run.Destination!.Store!.Value, run.Upload.Properties with { ContentType = mediaType }, run.Upload.Condition, run.Upload.Length);
    }

    private static async ValueTask<Result<UploadOutcome>> StoreAsync(UploadContext run, IBlobUpload sink, GuardedBody guarded, BlobWrite write, CancellationToken upload)
    {
        return (await StagedUpload.TransferAsync(run, sink, write, guarded, upload)).TryGet(out var staged, out var failure)
            && (await staged.CommitAsync()).TryGet(out var receipt, out failure)
            ? new UploadOutcome(receipt, Answered: false)
            : failure;
    }

    // The body is stored, and its sender is told so, whatever the outcome of this, and whether or not the sender still waits.
    private async ValueTask<Result<UploadOutcome>> PassOnAsync(UploadContext run, UploadOutcome stored, RelayPath relay, byte[] whole)
    {
        run.Enter(Phase.Transfer);
        await using var downstream = run.Upload.Downstreams.Open(relay);
        var sent = await downstream.SendAsync(new LastByteGuard(new PipeBodySource(IncomingBody.Of(whole)), run.Upload.Length), shutdown.Over);
        var silent = sent.Failure is { } failure ? shutdown.Blame(failure) : null;
        if (silent is not null)
        {
            run.Tolerated(silent);
        }

        var status = sent.TryGet(out var answered, out _) ? answered : null as int?;
        return stored with { Receipt = stored.Receipt! with { Downstream = new DownstreamReceipt(relay.Target, status, silent) } };
    }

    private static async ValueTask<Result<UploadOutcome>> RelayAsync(UploadContext run, IDownstreamRequest request, GuardedBody guarded, CancellationToken upload)
    {
        // An empty body is never read, but it may still differ from what was declared.
        if (run.Upload is { Length: 0 } empty && empty.Digests.Count + empty.Checks.Count > 0 && (await guarded.ReadAsync(new byte[1], upload)).Failure is { } other)
        {
            return other;
        }

        if (!(await request.SendAsync(new LastByteGuard(guarded, run.Upload.Length), upload)).TryGet(out var status, out var failure))
        {
            return failure;
        }

        if (await request.AnswerAsync() is { } broken)
        {
            return broken;
        }

        run.Relayed(status, guarded.Bytes);
        return new UploadOutcome(null, Answered: true);
    }

    private async ValueTask<Result<UploadOutcome>> TeeAsync(UploadContext run, BodyTee tee, GuardedBody guarded, BlobWrite write, CancellationToken upload)
    {
        if (!(await tee.RunAsync(guarded, guarded.Digests, upload)).TryGet(out var result, out var failure))
        {
            return failure;
        }

        if (result.BlobFailure is { Kind: FailureKind.PreconditionFailed } taken && run.Once is not null)
        {
            run.Relayed(result.Status!.Value, guarded.Bytes);
            run.IsAnswered = true;
            return taken;
        }

        if (result.BlobFailure is { } unpublished)
        {
            run.Tolerated(shutdown.Blame(unpublished));
        }

        var silent = result.DownstreamFailure is { } unanswered ? shutdown.Blame(unanswered) : null;
        if (silent is not null)
        {
            run.Tolerated(silent);
        }

        if (result.Answered)
        {
            run.Relayed(result.Status!.Value, guarded.Bytes);
        }

        var receipt = result.Committed is { } committed
            ? run.Receipt(write, committed, guarded.Bytes, guarded.Digests()) with
            {
                Downstream = new DownstreamReceipt(run.Destination!.Relay!.Value.Target, result.Status, silent),
            }
            : null;
        return new UploadOutcome(receipt, result.Answered);
    }
}
