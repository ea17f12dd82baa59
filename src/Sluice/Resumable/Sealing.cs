using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Digests;

namespace Sluice.Resumable;

/// <summary>Steps 5 and 6 of <see cref="ResumableUploads"/>: makes sure that nobody has taken over, and commits what is whole.</summary>
internal sealed class Sealing(ChainStore store, SluiceMetrics metrics, TimeProvider time, ILogger<ResumableUploads> logger)
{
    /// <summary>How long a commit may take from its announcement on. It is given up then, so that others know.</summary>
    public static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(30);

    /// <summary>Ends a writer. None of it ends with the client's connection: what arrived shall count.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="whole">Whether it is whole now.</param>
    /// <param name="digests">What is kept with the blob.</param>
    public async ValueTask<Result<UploadStatus>> SealAsync(ChainWriter writer, UploadTicket ticket, bool whole, IReadOnlyList<Digest> digests)
    {
        var announced = time.GetTimestamp();
        if (await writer.CloseAsync(whole, CancellationToken.None) is { } unclosed)
        {
            return unclosed;
        }

        if ((await writer.LookAsync(keepData: whole, CancellationToken.None) ?? (writer.State.IsCancelled ? UploadOpening.Cancelled() : null)) is { } overtaken)
        {
            // Whoever took over need not wait for us.
            return whole && await writer.CloseAsync(commits: false, CancellationToken.None) is { } silent ? silent : overtaken;
        }

        var state = writer.State;
        if (!whole)
        {
            return new UploadStatus(ticket, state.Offset, ticket.LengthIn(state), false);
        }

        // Storage may have been so slow that nothing is left of it.
        var left = CommitTime - time.GetElapsedTime(announced);
        using var ends = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        var blocks = writer.Reading.Listing.BlocksOf(state);
        if ((await store.CommitAsync(ticket, blocks, state.Offset, digests, ends.Token)).TryGet(out var committed, out var failure))
        {
            logger.Stored(ticket.Target.Container, ticket.Target.Name, state.Offset, committed.Blocks, (long)time.GetElapsedTime(announced).TotalMilliseconds);
            metrics.Stored(ticket.Target.Container, state.Offset);
            return new UploadStatus(ticket, state.Offset, state.Offset, true) { Committed = committed, Digests = digests };
        }

        // It was refused, and will not happen any more, unless nobody knows.
        return failure.Kind is FailureKind.PreconditionFailed or FailureKind.WriteConflict or FailureKind.StorageDenied or FailureKind.StorageRejected
            && await writer.CloseAsync(commits: false, CancellationToken.None) is { } unsaid ? unsaid : failure;
    }
}
