using System.Buffers;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Resumable;

/// <summary>Step 4 of <see cref="ResumableUploads"/>: turns the bytes of one request into blocks of an upload.</summary>
internal sealed class Appender(
    Admission admission, BlobUploads uploads, ActiveAppends appends, IOptions<ResumableOptions> options, TimeProvider time)
{
    // Put Block answers 409 beyond 100,000 (https://learn.microsoft.com/rest/api/storageservices/put-block#remarks); some are reserved for
    // marks.
    private const int MaxUncommitted = 99_000;

    private const int ScratchBytes = 16 * 1024;

    /// <summary>The largest possible upload, in bytes.</summary>
    public long MaxBytes => Math.Min(options.Value.MaxBytes ?? long.MaxValue, admission.MaxHeldBytes);

    /// <summary>The largest size of this upload, in bytes.</summary>
    public long MaxBytesOf(UploadTicket ticket) => Math.Min(MaxBytes, ticket.MaxBytes ?? long.MaxValue);

    /// <summary>Returns why this upload can't be stored, as far as that is known before its first byte, or null.</summary>
    public Failure? Check(UploadTicket ticket) =>
        admission.CheckTarget(ticket.Target)
        ?? Admission.CheckLength(ticket.Length, MaxBytesOf(ticket))
        ?? admission.CheckProperties(ticket.Target, ticket.Properties);

    /// <summary>Returns why the blob may not be written as it is now, or null. The commit checks it again.</summary>
    public ValueTask<Failure?> CheckConditionAsync(UploadTicket ticket, CancellationToken cancellationToken) =>
        ticket.Condition.IsSet
            ? admission.CheckConditionAsync(ticket.Target, ticket.Condition, cancellationToken)
            : ValueTask.FromResult<Failure?>(null);

    /// <summary>Registers an append, which a takeover at this instance ends. It must be disposed.</summary>
    public ActiveAppend Begin(Guid upload) => appends.Begin(upload);

    /// <summary>Returns why parts of these lengths can't be concatenated to this upload, or null.</summary>
    public Failure? CheckParts(UploadTicket ticket, IEnumerable<long> parts)
    {
        var (bytes, count) = parts.Aggregate(
            (Bytes: 0L, Blocks: 0), static (sum, part) => (sum.Bytes + part, sum.Blocks + Concatenation.BlocksOf(part)));
        return Admission.CheckLength(bytes, MaxBytesOf(ticket))
            ?? (count > admission.MaxBlocks
                ? new Failure(
                    FailureKind.UploadExhausted, Phase.Admit,
                    $"The parts have {count} blocks, but a blob can have at most {admission.MaxBlocks}.")
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
    /// <param name="active">Fires when a takeover requires it to stop reading.</param>
    public async ValueTask<Result<AppendOutcome>> TakeAsync(
        ChainWriter writer, UploadTicket ticket, Append append, long? length, BodyWatch watch, ActiveAppend active)
    {
        var whole = ticket.Sha256 is null ? null : new WholeDigest(writer.State.Digest, append.Offset);
        if (append.Length == 0)
        {
            // A digest of something else is wrong for no bytes as well.
            return append.Digests.Count > 0 && await DiscardAsync(append, watch) is { } wrong
                ? wrong
                : AppendOutcome.Nothing(append.Offset, whole);
        }

        var room = Math.Min(length ?? long.MaxValue, MaxBytesOf(ticket)) - append.Offset;
        if (admission.PlanForRest(length is null ? null : room, writer.State.Blocks) is not { } plan
            || writer.State.Uncommitted > MaxUncommitted)
        {
            return new Failure(
                FailureKind.UploadExhausted, Phase.Admit,
                $"The upload arrived in too many small requests: a blob can have at most {admission.MaxBlocks} blocks. "
                    + "Start again with larger requests.");
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, active.Stopped);
        if (await admission.WhenMemoryAsync(append.Caller, ends.Token) is { } failure)
        {
            return active.Blame(failure, watch.Token);
        }

        if (!(await admission.ReserveAsync(ticket.Grant, append.Length, ends.Token)).TryGet(out var reserved, out failure))
        {
            return active.Blame(failure, watch.Token);
        }

        using var guarded = new GuardedBody(
            append.Body, watch.Idle, append.Length, Math.Min(room, reserved.MaxBytes ?? long.MaxValue), DigestsOf(append, length),
            whole is null ? [] : [whole]);
        await using var count = new QuotaCount(reserved, guarded);
        var sender = new BodySender(append.Caller, IsVouchedFor: true, watch.Idle);
        var most = append.IsTimed ? options.Value.MaxAppendDuration : Timeout.InfiniteTimeSpan;
        var transfer = new AppendTransfer(writer, append.Offset, most, time);
        var planned = new PlannedBlocks(plan, transfer.NextId, length is null ? null : room);
        var (staging, filler) = uploads.OpenBlocks(ticket.Target, planned, sender);
        await using var _ = staging;
        await using (Progress())
        {
            if (await transfer.RunAsync(staging, filler, guarded, active, watch.Token) is { } unstaged)
            {
                return unstaged;
            }
        }

        var cut = transfer.Cut is { } lost && reserved.MaxBytes < room ? reserved.Blame(lost) : transfer.Cut;
        if (cut is { Kind: FailureKind.BodyTooLarge } && length <= MaxBytesOf(ticket))
        {
            cut = new Failure(
                FailureKind.UploadLengthInconsistent, Phase.Transfer, $"The upload was declared as {length} bytes, but more arrived.");
        }

        if (append.IsHeld && (cut is not null || transfer.IsCutShort))
        {
            return cut ?? new Failure(
                FailureKind.ClientStalled, Phase.Transfer,
                "The request took too long (Sluice:Resumable:MaxAppendDuration), and counts only as a whole. Send smaller requests.");
        }

        var all = cut is null && !transfer.IsCutShort;
        return new AppendOutcome(transfer.End, cut, all, all ? guarded.Digests.Values() : [], whole);

        // Bytes that count only once all of them, or a digest of the whole so far, are there move no offset before.
        AppendProgress? Progress() => append.IsHeld || whole is not null
            ? null
            : AppendProgress.Begin(writer, append, options.Value.ProgressInterval, time);
    }

    /// <summary>
    /// Reads bytes that are stored already, or none, and discards them: their client listens when it has sent all of them. A failure if not
    /// all of them arrived, or if they are not what was declared.
    /// </summary>
    public static async ValueTask<Failure?> DiscardAsync(Append append, BodyWatch watch)
    {
        using var guarded = new GuardedBody(append.Body, watch.Idle, append.Length, long.MaxValue, new BodyDigests([], append.Digests));
        var scratch = ArrayPool<byte>.Shared.Rent(ScratchBytes);
        try
        {
            while (true)
            {
                var read = await guarded.ReadAsync(scratch, watch.Token);
                if (read.End || read.Failure is not null)
                {
                    return read.Failure;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    // An upload sent in a single request is reported like any other body.
    private BodyDigests DigestsOf(Append append, long? length)
    {
        var whole = append.Offset == 0 && (append.Completes || (append.Length is { } bytes && bytes == length));
        return new BodyDigests(whole ? admission.Digests : [], append.Digests);
    }
}
