using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// Moves parts into a whole, one by one. While it is copied into blocks of the whole, a part is a blob that anybody can read who knows its
/// name; it does not remain one for longer, however the copy ends:
/// <code>
/// publish ---> copy, piece by piece ---> nobody newer at the whole? ---> remove
///    |              |                               |
///    +--------------+--- a fault ---> the same again, from where it was, without the client: what was published goes into the whole
/// </code>
/// Moved bytes are not lost by a failure: they are in uncommitted blocks of the whole, from which the next request continues.
/// </summary>
internal sealed class PartMover(PartStore parts, ChainWriter writer, UploadTicket ticket, TimeProvider time, ILogger logger)
{
    // Independent of the client, which may be gone, and limited, because the process may be about to stop.
    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int Attempts = 3;

    /// <summary>The current offset of the whole.</summary>
    public long Offset { get; private set; } = writer.State.Offset;

    /// <summary>Moves a part that begins where the whole ends, or that was partly moved.</summary>
    public async ValueTask<Failure?> MoveAsync(PlacedPart part, CancellationToken cancellationToken)
    {
        if (part.Length == 0)
        {
            return null;
        }

        var failure = await TryAsync(part, cancellationToken);
        return failure is null ? null
            : !(await SettleAsync(part)).TryGet(out var moved, out var unsettled)
                && unsettled.Kind == FailureKind.UploadTakenOver
                ? unsettled
            : moved && !cancellationToken.IsCancellationRequested ? null
            : failure;
    }

    private async ValueTask<Failure?> TryAsync(PlacedPart part, CancellationToken cancellationToken)
    {
        try
        {
            return (await parts.PublishAsync(part, cancellationToken)).TryGet(out var blob, out var unpublished)
                ? await TakeAsync(part, blob, cancellationToken)
                : unpublished;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Failure(FailureKind.ClientGone, Phase.Open, "The client disconnected while its parts were concatenated.");
        }
    }

    // True if the part could be read, and is now gone.
    private async ValueTask<Result<bool>> SettleAsync(PlacedPart part)
    {
        using var ends = new CancellationTokenSource(SettleTime, time);
        for (var attempt = 1; ; attempt++)
        {
            if ((await parts.FindAsync(part.Ticket, Phase.Seal, ends.Token)).TryGet(out var blob, out var failure))
            {
                failure = await writer.LookAsync(keepData: false, ends.Token)
                    ?? (blob is null ? null : await TakeAsync(part, blob, ends.Token));
            }

            // The writer that took over moves the part.
            if (failure is null or { Kind: FailureKind.UploadTakenOver })
            {
                return failure is null ? blob is not null : failure;
            }

            if (attempt == Attempts)
            {
                logger.PartLeft(part.Ticket.Target.Container, part.Ticket.Target.Name, failure.Detail);
                return failure;
            }

            await Task.Delay(Pause * attempt, time);
        }
    }

    private async ValueTask<Failure?> TakeAsync(PlacedPart part, StoredBlob blob, CancellationToken cancellationToken)
    {
        if (blob.Length != part.Length)
        {
            await parts.RemoveAsync(part.Ticket, blob);
            return new Failure(
                FailureKind.UploadLengthInconsistent, Phase.Open,
                $"A part was stored with {blob.Length} bytes, but {part.Length} were received. Upload it again.");
        }

        while (Offset < part.End)
        {
            var bytes = Math.Min(PartStore.PieceBytes, part.End - Offset);
            if (await parts.CopyAsync(
                part.Ticket.Target, blob, Offset - part.Start, bytes, ticket.Target, writer.DataId(Offset, Offset + bytes),
                cancellationToken) is { } uncopied)
            {
                return uncopied;
            }

            Offset += bytes;
        }

        // The bytes in the whole are now kept for every later request: only then may the part be removed.
        if (await writer.LookAsync(keepData: false, cancellationToken) is { } overtaken)
        {
            return overtaken;
        }

        if (writer.State.Offset != Offset)
        {
            return new Failure(
                FailureKind.UploadGone, Phase.Transfer,
                "The unfinished upload is gone: another upload of the same name was stored in the meantime.");
        }

        if (!part.IsNeededAgain)
        {
            await parts.RemoveAsync(part.Ticket, blob);
        }

        return null;
    }
}
