using Sluice.Body;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>The steps 5 and 6 of <see cref="UploadPipeline"/>, for each kind of destination.</summary>
internal sealed class UploadTransfer(Shutdown shutdown)
{
    /// <summary>Into a blob, which it becomes.</summary>
    public static async ValueTask<Result<UploadOutcome>> StoreAsync(
        UploadContext context, IBlobUpload blob, GuardedBody guarded, BlobWrite write, CancellationToken cancellationToken)
    {
        if (await blob.TransferAsync(guarded, cancellationToken) is { } broken)
        {
            return broken;
        }

        return (await context.CommitAsync(blob, write, guarded.Bytes, guarded.Digests.Values())).TryGet(out var receipt, out var failure)
            ? new UploadOutcome(receipt, Answered: false)
            : failure;
    }

    /// <summary>Into a blob and to a service: in this order if it is known whole, else at once.</summary>
    public async ValueTask<Result<UploadOutcome>> StoreAndRelayAsync(
        UploadContext context, IBlobUpload blob, RoutedUpload routed, GuardedBody guarded, BlobWrite write,
        CancellationToken cancellationToken)
    {
        var relay = routed.Destination.Relay!.Value;
        return !(routed.Whole is { } whole && routed.Destination.Commit.IsBlobFirst())
            ? await TeeAsync(context, blob, relay, routed, guarded, write, cancellationToken)
            : (await StoreAsync(context, blob, guarded, write, cancellationToken)).TryGet(out var stored, out var failed)
                ? await RelayStoredAsync(context, stored, relay, write, whole)
                : failed;
    }

    // Its sender is told that it is stored, whatever the outcome of this, and whether or not it still waits.
    private async ValueTask<Result<UploadOutcome>> RelayStoredAsync(
        UploadContext context, UploadOutcome stored, RelayPath relay, BlobWrite write, byte[] whole)
    {
        context.Enter(Phase.Transfer);
        await using var downstream = context.Upload.Downstreams.Open(relay, KeyOf(write));
        var sent = await downstream.SendAsync(
            new LastByteGuard(IncomingBody.Of(whole), context.Upload.Length), shutdown.Over);
        var silent = sent.Failure is { } failure ? shutdown.Blame(failure) : null;
        if (silent is not null)
        {
            context.Tolerated(silent);
        }

        var status = sent.TryGet(out var answered, out _) ? answered : null as int?;
        return stored with
        {
            Receipt = stored.Receipt! with { Downstream = new DownstreamReceipt(relay.Target, status, silent) },
            DownstreamStatus = status,
        };
    }

    /// <summary>To a service alone, and its response to the client.</summary>
    public static async ValueTask<Result<UploadOutcome>> RelayAsync(
        UploadContext context, RelayPath relay, GuardedBody guarded, CancellationToken cancellationToken)
    {
        await using var request = context.Upload.Downstreams.Open(relay);
        // An empty body is never read, but it may still differ from what was declared.
        if (context.Upload is { Length: 0 } empty && empty.Digests.Count + empty.Checks.Count > 0
            && (await guarded.ReadAsync(new byte[1], cancellationToken)).Failure is { } other)
        {
            return other;
        }

        if (!(await request.SendAsync(new LastByteGuard(guarded, context.Upload.Length), cancellationToken))
            .TryGet(out var status, out var failure))
        {
            return failure;
        }

        if (await request.AnswerAsync() is { } broken)
        {
            return broken;
        }

        context.Relayed(relay, status, guarded.Bytes);
        return new UploadOutcome(null, Answered: true) { DownstreamStatus = status };
    }

    // Into a blob and to a service at once.
    private async ValueTask<Result<UploadOutcome>> TeeAsync(
        UploadContext context, IBlobUpload blob, RelayPath relay, RoutedUpload routed, GuardedBody guarded, BlobWrite write,
        CancellationToken cancellationToken)
    {
        await using var downstream = context.Upload.Downstreams.Open(relay, KeyOf(write));
        var tee = new BodyTee(blob, downstream, routed.Destination.Commit, context.Upload.Length, shutdown.Over);
        if (!(await tee.RunAsync(guarded, guarded.Digests.Values, cancellationToken)).TryGet(out var result, out var failure))
        {
            return failure;
        }

        if (result.BlobFailure is { Kind: FailureKind.PreconditionFailed } taken && routed.Deduplication is not null)
        {
            context.Relayed(relay, result.Status!.Value, guarded.Bytes);
            context.IsAnswered = true;
            return taken;
        }

        if (result.BlobFailure is { } unpublished)
        {
            context.Tolerated(shutdown.Blame(unpublished));
        }

        var silent = result.DownstreamFailure is { } unanswered ? shutdown.Blame(unanswered) : null;
        if (silent is not null)
        {
            context.Tolerated(silent);
        }

        if (result.Answered)
        {
            context.Relayed(relay, result.Status!.Value, guarded.Bytes);
        }

        var receipt = result.Committed is { } committed
            ? context.Receipt(write, committed, guarded.Bytes, guarded.Digests.Values()) with
            {
                Downstream = new DownstreamReceipt(relay.Target, result.Status, silent),
            }
            : null;
        return new UploadOutcome(receipt, result.Answered) { DownstreamStatus = result.Status };
    }

    // What may be repeated has the same key each time.
    private static Guid? KeyOf(BlobWrite write) => write.FirstAttempt is null ? null : write.Id;
}
