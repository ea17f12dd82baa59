using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Lifetime;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Sinks;
using Sluice.Sinks.Blob;
using Sluice.Sinks.Tee;

namespace Sluice;

/// <summary>
/// One body, from the request to where it goes. Failures are values; whatever happens, nothing is visible before step 6.
/// <code>
///               1 admit          2 peek          3 route        4 open        5 transfer          6 seal
/// request ---> length, name, --> first bytes, -> destination -> block    ---> guarded body ---> digest, length:
///              condition,        none consumed   and media      upload,       block by block,   commit, or abandon
///              a turn                            type           request       memory as it comes
/// </code>
/// Steps 0 (bind) and 7 (answer) belong to the endpoint; a relayed body is answered by the downstream service.
/// </summary>
internal sealed class Intake(
    Admission admission,
    IBodySinks sinks,
    IOptions<BodyOptions> body,
    IOptions<PeekOptions> peek,
    Shutdown shutdown,
    IOptions<DigestOptions> digests,
    SluiceMetrics metrics,
    TimeProvider time,
    ILogger<Intake> logger)
{
    private const int ScratchBytes = 32 * 1024;

    private readonly Preparation _preparation = new(admission, peek);

    /// <summary>Watches over a request's body. <paramref name="aborted"/> says that its sender went away.</summary>
    public BodyWatch Watch(CancellationToken aborted) => new(body.Value.IdleTimeout, shutdown, time, aborted);

    /// <summary>Takes a body that is all of a request's.</summary>
    public async ValueTask<Result<Delivery>> TakeAsync(Upload upload, CancellationToken aborted)
    {
        using var watch = Watch(aborted);
        return await TakeAsync(upload, watch);
    }

    /// <summary>Takes a body, which may be one of several in a request.</summary>
    public async ValueTask<Result<Delivery>> TakeAsync(Upload upload, BodyWatch watch)
    {
        using var run = new IntakeRun(upload, metrics, time, logger);
        var taken = await TakeAsync(run, watch);
        var result = taken.Failure is { } failure ? watch.Blame(failure) : taken;
        run.End(result.Failure);
        return result;
    }

    /// <summary>Takes a body that goes to a blob as far as it goes without being seen: steps 1 to 5. The commit is the caller's, and holds no memory.</summary>
    public async ValueTask<Result<Deferred>> DeferAsync(Upload upload, BodyWatch watch)
    {
        var run = new IntakeRun(upload, metrics, time, logger);
        var deferred = default(Deferred);
        try
        {
            if ((await StageAsync(run, watch)).TryGet(out var staged, out var failure))
            {
                run.Rest();
                deferred = new Deferred(run, staged);
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

    /// <summary>Logs and counts a failure of a request that is of none of its bodies.</summary>
    public void Note(Failure failure, string destination)
    {
        logger.NotStored(failure, destination);
        metrics.Failed(failure);
    }

    /// <summary>Reads a body to its end for the sake of its checks, and keeps nothing. Says why it is not what it was said to be, or null.</summary>
    public async ValueTask<Failure?> VerifyAsync(Upload upload, CancellationToken aborted)
    {
        using var watch = Watch(aborted);
        using var guarded = new GuardedBody(upload.Body, watch.Idle, upload.Length, upload.MaxBytes ?? body.Value.MaxBytes ?? long.MaxValue, new BodyDigests([], upload.Digests), upload.Checks);
        var scratch = ArrayPool<byte>.Shared.Rent(ScratchBytes);
        try
        {
            var read = default(BodyRead);
            while (!read.End && read.Failure is null)
            {
                read = await guarded.ReadAsync(scratch, watch.Token);
            }

            return read.Failure is { } failure ? watch.Blame(failure) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private async ValueTask<Result<Staged>> StageAsync(IntakeRun run, BodyWatch watch)
    {
        var plan = admission.PlanFor(run.Upload.Length);
        if (await _preparation.RunAsync(run, plan, watch) is { } refused)
        {
            return refused;
        }

        run.Enter(Phase.Transfer);
        using var guarded = Guard(run, plan, watch);
        var write = Write(run);
        if (!(await Staged.TransferAsync(run, sinks.Open(write, plan, Sender(run, watch)), write, guarded, watch.Token)).TryGet(out var staged, out var failure))
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

    private async ValueTask<Result<Delivery>> TakeAsync(IntakeRun run, BodyWatch watch)
    {
        // 1 to 3
        var (plan, upload) = (admission.PlanFor(run.Upload.Length), watch.Token);
        if (await _preparation.RunAsync(run, plan, watch) is { } refused)
        {
            return refused;
        }

        // 4 open, 5 transfer, 6 seal
        run.Enter(Phase.Transfer);
        var destination = run.Destination!;
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

        if (run.Whole is { } whole)
        {
            using var kept = new GuardedBody(IncomingBody.Of(whole), watch.Idle, run.Upload.Length, long.MaxValue, DigestsOf(run));
            return await StoreAsync(run, sink, kept, write, upload) is var stored && stored.TryGet(out var delivery, out var failed)
                ? await PassOnAsync(run, delivery, relay, guarded, upload)
                : failed;
        }

        await using var downstream = run.Upload.Downstreams.Open(relay);
        return await TeeAsync(run, new BodyTee(sink, downstream, destination.Commit, run.Upload.Length), guarded, write, upload);
    }

    private BodyDigests DigestsOf(IntakeRun run) => new(run.Destination!.Store is null ? [] : [.. digests.Value.Kept(), .. run.Upload.Wants.Wanted], run.Upload.Digests);

    private GuardedBody Guard(IntakeRun run, BlockPlan plan, BodyWatch watch) => new(
        run.Upload.Body,
        watch.Idle,
        run.Upload.Length,
        admission.MaxBytes(run.Upload, run.Destination!, plan),
        DigestsOf(run),
        run.Upload.Checks);

    private static BodySender Sender(IntakeRun run, BodyWatch watch) => new(run.Upload.Caller, run.Upload.IsVouchedFor?.Invoke() ?? true, watch.Idle);

    private static BlobWrite Write(IntakeRun run)
    {
        var mediaType = MediaTypeChoice.Stored(run.Upload.Properties.ContentType, run.Seen?.MediaType);
        return new BlobWrite(run.Upload.Id, run.Destination!.Store!.Value, run.Upload.Properties with { ContentType = mediaType }, run.Upload.Condition, run.Upload.Length);
    }

    private static async ValueTask<Result<Delivery>> StoreAsync(IntakeRun run, IBodySink sink, GuardedBody guarded, BlobWrite write, CancellationToken upload)
    {
        return (await Staged.TransferAsync(run, sink, write, guarded, upload)).TryGet(out var staged, out var failure)
            && (await staged.CommitAsync()).TryGet(out var receipt, out failure)
            ? new Delivery(receipt, Answered: false)
            : failure;
    }

    // It is stored, and whoever sent it is told so, whatever comes of this.
    private static async ValueTask<Result<Delivery>> PassOnAsync(IntakeRun run, Delivery stored, RelayPath relay, GuardedBody guarded, CancellationToken upload)
    {
        run.Enter(Phase.Transfer);
        await using var downstream = run.Upload.Downstreams.Open(relay);
        var sent = await downstream.SendAsync(new LastByteGuard(guarded, run.Upload.Length), upload);
        if (sent.Failure is { } failure)
        {
            run.Tolerated(failure);
        }

        var status = sent.TryGet(out var answered, out _) ? answered : null as int?;
        return stored with { Receipt = stored.Receipt! with { Downstream = new DownstreamReceipt(relay.Target, status, sent.Failure) } };
    }

    private static async ValueTask<Result<Delivery>> RelayAsync(IntakeRun run, IDownstreamRequest request, GuardedBody guarded, CancellationToken upload)
    {
        // Nobody reads a body that is empty, and it may be another than was declared all the same.
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
        return new Delivery(null, Answered: true);
    }

    private async ValueTask<Result<Delivery>> TeeAsync(IntakeRun run, BodyTee tee, GuardedBody guarded, BlobWrite write, CancellationToken upload)
    {
        if (!(await tee.RunAsync(guarded, guarded.Digests, upload)).TryGet(out var result, out var failure))
        {
            return failure;
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
        return new Delivery(receipt, result.Answered);
    }
}
