using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Memory;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Resumable;

/// <summary>Step 4 of <see cref="ResumableUploads"/>: turns the bytes of one request into blocks of an upload.</summary>
internal sealed class Appender(
    Admission admission, BlobClients clients, BlockPool pool, IOptions<ResumableOptions> options, IOptions<BlobOptions> blob,
    IOptions<MemoryOptions> memory, IOptions<DigestOptions> digests, SluiceMetrics metrics, TimeProvider time)
{
    // Put Block answers 409 beyond 100,000 (https://learn.microsoft.com/rest/api/storageservices/put-block#remarks); some are reserved for
    // marks.
    private const int MaxUncommitted = 99_000;

    /// <summary>The largest possible upload, in bytes.</summary>
    public long MaxBytes => Math.Min(options.Value.MaxBytes ?? long.MaxValue, admission.MaxHeldBytes);

    /// <summary>Returns why parts of these lengths can't be concatenated, or null.</summary>
    public Failure? CheckParts(IEnumerable<long> parts)
    {
        var (bytes, blocks) = parts.Aggregate(
            (Bytes: 0L, Blocks: 0), static (sum, part) => (sum.Bytes + part, sum.Blocks + Concatenation.BlocksOf(part)));
        return Admission.CheckLength(bytes, MaxBytes)
            ?? (blocks > blob.Value.MaxBlocks
                ? new Failure(
                    FailureKind.UploadExhausted, Phase.Admit,
                    $"The parts have {blocks} blocks, but a blob can have at most {blob.Value.MaxBlocks}.")
                : null);
    }

    /// <summary>
    /// Transfers the bytes. A failure if not all bytes that arrived could be staged, or if bytes that must be verified before any of them
    /// counts are wrong.
    /// </summary>
    /// <param name="writer">The writer of the bytes.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="append">The request.</param>
    /// <param name="length">The upload's length, if known.</param>
    /// <param name="watch">Fires when the body has to end.</param>
    /// <param name="underWay">Fires when a takeover requires it to stop reading.</param>
    public async ValueTask<Result<AppendOutcome>> TakeAsync(
        ChainWriter writer, UploadTicket ticket, Append append, long? length, BodyWatch watch, ActiveAppend underWay)
    {
        metrics.Active(+1);
        try
        {
            return await TransferAsync(writer, ticket, append, length, watch, underWay);
        }
        finally
        {
            metrics.Active(-1);
        }
    }

    private async ValueTask<Result<AppendOutcome>> TransferAsync(
        ChainWriter writer, UploadTicket ticket, Append append, long? length, BodyWatch watch, ActiveAppend underWay)
    {
        var whole = ticket.Sha256 is null ? null : new WholeDigest(writer.State.Digest, append.Offset);
        if (append.Length == 0)
        {
            return AppendOutcome.Nothing(append.Offset, whole);
        }

        var room = Math.Min(length ?? long.MaxValue, MaxBytes) - append.Offset;
        if (admission.PlanForRest(length is null ? null : room, writer.State.Blocks) is not { } plan
            || writer.State.Uncommitted > MaxUncommitted)
        {
            return new Failure(
                FailureKind.UploadExhausted, Phase.Admit,
                $"The upload arrived in too many small requests: a blob can have at most {blob.Value.MaxBlocks} blocks. "
                    + $"Start again with larger requests.");
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, underWay.Stopped);
        if (await admission.WhenMemoryAsync(append.Caller, ends.Token) is { } failure)
        {
            return underWay.Blame(failure, watch.Token);
        }

        await using var staging = new BlockStaging(clients.Retrying(ticket.Target), blob.Value.BlocksInFlight);
        using var guarded = new GuardedBody(
            append.Body, watch.Idle, append.Length, room, DigestsOf(append, length), whole is null ? [] : [whole]);
        var transfer = new AppendTransfer(writer, staging, append.Offset, options.Value.MaxAppendDuration, time);
        var sender = new BodySender(append.Caller, IsVouchedFor: true, watch.Idle);
        var filler = new BlockFiller(staging, pool, plan, transfer.NextId, length is null ? null : room, sender, memory.Value, time);
        if (await transfer.RunAsync(filler, guarded, underWay, watch.Token) is { } unstaged)
        {
            return unstaged;
        }

        var cut = transfer.Cut;
        if (append.Digests.Count > 0 && (cut is not null || transfer.IsCutShort))
        {
            return cut ?? new Failure(
                FailureKind.ClientStalled, Phase.Transfer,
                "The request took too long for its checksum to be verified (Sluice:Resumable:MaxAppendDuration). Send smaller requests.");
        }

        if (cut is { Kind: FailureKind.BodyTooLarge } && length is not null)
        {
            cut = new Failure(
                FailureKind.UploadLengthInconsistent, Phase.Transfer, $"The upload was declared as {length} bytes, but more arrived.");
        }

        var all = cut is null && !transfer.IsCutShort;
        return new AppendOutcome(transfer.End, cut, all, all ? guarded.Digests() : [], whole);
    }

    // An upload sent in a single request is reported like any other body.
    private BodyDigests DigestsOf(Append append, long? length)
    {
        var whole = append.Offset == 0 && (append.Completes || (append.Length is { } bytes && bytes == length));
        return new BodyDigests(whole ? DigestAlgorithm.Of(digests.Value.Compute) : [], append.Digests);
    }
}
