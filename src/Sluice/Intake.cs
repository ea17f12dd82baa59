using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Lifetime;
using Sluice.Memory;
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
///              condition,        none consumed   and media      upload,       block by block    commit, or abandon
///              memory                            type           request       or relayed
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

    /// <summary>Takes a body. <paramref name="aborted"/> says that its sender went away.</summary>
    public async ValueTask<Result<Delivery>> TakeAsync(Upload upload, CancellationToken aborted)
    {
        var run = new IntakeRun(upload, metrics, time, logger);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Over);
        using var idle = new IdleTimer(body.Value.IdleTimeout, time, ends, shutdown);
        shutdown.Enter();
        try
        {
            using (run)
            {
                var taken = await TakeAsync(run, idle, ends.Token);
                return run.End(taken.Failure is { } failure ? shutdown.Blame(failure) : taken);
            }
        }
        finally
        {
            shutdown.Leave();
        }
    }

    /// <summary>Reads a body to its end for the sake of its checks, and keeps nothing. Says why it is not what it was said to be, or null.</summary>
    public async ValueTask<Failure?> VerifyAsync(Upload upload, CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Over);
        using var idle = new IdleTimer(body.Value.IdleTimeout, time, ends, shutdown);
        using var guarded = new GuardedBody(upload.Body, idle, upload.Length, upload.MaxBytes ?? body.Value.MaxBytes ?? long.MaxValue, new BodyDigests([], upload.Digests), upload.Checks);
        var scratch = ArrayPool<byte>.Shared.Rent(ScratchBytes);
        try
        {
            var read = default(BodyRead);
            while (!read.End && read.Failure is null)
            {
                read = await guarded.ReadAsync(scratch, ends.Token);
            }

            return read.Failure is { } failure ? shutdown.Blame(failure) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private async ValueTask<Result<Delivery>> TakeAsync(IntakeRun run, IdleTimer idle, CancellationToken upload)
    {
        // 1 to 3
        var plan = admission.PlanFor(run.Upload.Length);
        if (!(await PrepareAsync(run, plan, idle, upload)).TryGet(out var first, out var failure))
        {
            return failure;
        }

        // 4 open, 5 transfer, 6 seal
        run.Enter(Phase.Transfer);
        var (destination, length) = (run.Destination!, run.Upload.Length);
        using var guarded = new GuardedBody(run.Upload.Body, idle, length, admission.MaxBytes(run.Upload, destination, plan), DigestsOf(run), run.Upload.Checks);
        if (destination.Store is not { } target)
        {
            await using var request = run.Upload.Downstreams.Open(destination.Relay!.Value);
            return await RelayAsync(run, request, guarded, upload);
        }

        var mediaType = MediaTypeChoice.Stored(run.Upload.Properties.ContentType, run.Seen?.MediaType);
        var write = new BlobWrite(run.Upload.Id, target, run.Upload.Properties with { ContentType = mediaType }, run.Upload.Condition, length);
        await using var sink = sinks.Open(write, plan, first);
        if (destination.Relay is not { } relay)
        {
            return await StoreAsync(run, sink, guarded, write, upload);
        }

        if (run.Whole is { } whole)
        {
            using var kept = new GuardedBody(IncomingBody.Of(whole), idle, length, long.MaxValue, DigestsOf(run));
            return await StoreAsync(run, sink, kept, write, upload) is var stored && stored.TryGet(out var delivery, out var failed)
                ? await PassOnAsync(run, delivery, relay, guarded, upload)
                : failed;
        }

        await using var downstream = run.Upload.Downstreams.Open(relay);
        return await TeeAsync(run, new BodyTee(sink, downstream, destination.Commit, length), guarded, write, upload);
    }

    private BodyDigests DigestsOf(IntakeRun run) => new(run.Destination!.Store is null ? [] : [.. Kept(), .. run.Upload.Wants.Wanted], run.Upload.Digests);

    // What every stored body has, asked for or not.
    private IEnumerable<DigestAlgorithm> Kept()
    {
        if (digests.Value.Compute.HasFlag(ComputedDigests.Sha256))
        {
            yield return DigestAlgorithm.Sha256;
        }

        if (digests.Value.Compute.HasFlag(ComputedDigests.Sha512))
        {
            yield return DigestAlgorithm.Sha512;
        }
    }

    // What is known before the body is settled before it is read; the rest once it was looked at. Gives the first block of what is stored.
    private async ValueTask<Result<Block?>> PrepareAsync(IntakeRun run, BlockPlan plan, IdleTimer idle, CancellationToken upload)
    {
        // 1 admit
        if (shutdown.Refusal is { } closed)
        {
            return closed;
        }

        var first = default(Block);
        var failure = default(Failure);
        if (run.Destination is not null && !(await AdmitAsync(run, plan, upload)).TryGet(out first, out failure))
        {
            return failure;
        }

        var given = false;
        try
        {
            // 2 peek, 3 route
            if (run.NeedsPeek && await PeekAsync(run, idle, upload) is { } refused)
            {
                return refused;
            }

            // A rule has chosen: now it can be admitted there.
            if (run.Upload.Destination is null && !(await AdmitAsync(run, plan, upload)).TryGet(out first, out failure))
            {
                return failure;
            }

            given = true;
            return first;
        }
        finally
        {
            if (!given)
            {
                first?.Dispose();
            }
        }
    }

    private ValueTask<Result<Block?>> AdmitAsync(IntakeRun run, BlockPlan plan, CancellationToken upload)
    {
        run.Enter(Phase.Admit);
        return admission.AdmitAsync(run.Upload, run.Destination!, plan, upload);
    }

    private async ValueTask<Failure?> PeekAsync(IntakeRun run, IdleTimer idle, CancellationToken upload)
    {
        run.Enter(Phase.Peek);
        var peeked = await BodyHead.PeekAsync(
            run.Upload.Body,
            peek.Value.WindowBytes,
            idle,
            (head, complete) => Look(run, head, complete),
            upload);
        if (!peeked.TryGet(out var look, out var failure))
        {
            return failure;
        }

        run.Seen = look.Seen;
        run.Whole = look.Whole;
        if (look.Routed is not { } routed)
        {
            return run.Upload.MediaTypes?.Check(run.Upload.Properties.ContentType, look.Seen.MediaType, run.Upload.Properties.ContentEncoding);
        }

        if (!routed.TryGet(out var decision, out failure))
        {
            return failure;
        }

        run.Rule = decision.Rule;
        run.Destination = new Destination(decision.Store, decision.Relay, decision.Commit ?? TeeCommit.Both);
        return null;
    }

    // A body that is stored first and passed on then is needed twice. Where all of it is here already, it is kept rather than sent on in one pass.
    private static (Sighting Seen, Result<RouteDecision>? Routed, byte[]? Whole) Look(IntakeRun run, ReadOnlySequence<byte> head, bool complete)
    {
        var routed = run.Upload.Router?.Decide(head, complete);
        var twice = complete && routed?.TryGet(out var decision, out _) == true && decision is { Store: not null, Relay: not null, Commit: TeeCommit.BlobFirst };
        return (Sighting.Of(head, complete), routed, twice ? head.ToArray() : null);
    }

    private static async ValueTask<Result<Delivery>> StoreAsync(IntakeRun run, IBodySink sink, GuardedBody guarded, BlobWrite write, CancellationToken upload)
    {
        if (await sink.TransferAsync(guarded, upload) is { } broken)
        {
            return broken;
        }

        run.Leave();
        var digests = guarded.Digests();
        return (await sink.CommitAsync(digests)).TryGet(out var committed, out var failure)
            ? new Delivery(run.Receipt(write, committed, guarded.Bytes, digests), Answered: false)
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
