using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>Steps 5 and 6 of <see cref="ResumableUploads"/>: makes sure that nobody has taken over, and commits what is whole.</summary>
internal sealed class UploadCompletion(ChainStore store, SluiceMetrics metrics, TimeProvider time, ILogger<ResumableUploads> logger)
{
    /// <summary>How long a commit may take from its announcement on. It is given up then, so that others know.</summary>
    public static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(30);

    /// <summary>Ends a writer. None of it ends with the client's connection: what arrived shall count.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="end">Where it ends now: as far as storage has acknowledged its bytes. If storage lists another end, nothing is told, and nothing committed.</param>
    /// <param name="whole">Whether it is whole now.</param>
    /// <param name="digests">What was computed of its bytes, where one request brought all of them.</param>
    public async ValueTask<Result<UploadStatus>> SealAsync(ChainWriter writer, UploadTicket ticket, long end, bool whole, IReadOnlyList<Digest> digests)
    {
        var announced = time.GetTimestamp();
        if (await writer.CloseAsync(end, whole, CancellationToken.None) is { } unclosed)
        {
            return unclosed;
        }

        if ((await writer.LookAsync(keepData: whole, CancellationToken.None) ?? Disagreement(writer.State, ticket, end, whole)) is { } refused)
        {
            // Whoever goes on need not wait for us.
            return whole && await writer.CloseAsync(end, commits: false, CancellationToken.None) is { } silent ? silent : refused;
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
        digests = ticket.Sha256 is null ? digests : [ticket.Sha256];
        if ((await store.CommitAsync(ticket, blocks, state.Offset, digests, ends.Token)).TryGet(out var committed, out var failure))
        {
            logger.Stored(ticket.Target.Container, ticket.Target.Name, state.Offset, committed.Blocks, (long)time.GetElapsedTime(announced).TotalMilliseconds);
            metrics.Stored(ticket.Target.Container, state.Offset);
            return new UploadStatus(ticket, state.Offset, state.Offset, true) { Committed = committed, Digests = digests };
        }

        // What will not happen any more, others need not wait for.
        return failure.IsRefusal && await writer.CloseAsync(end, commits: false, CancellationToken.None) is { } unsaid ? unsaid : failure;
    }

    // What is listed decides what would be committed: it has to be what was acknowledged, and what a digest was declared of.
    private static Failure? Disagreement(ChainState state, UploadTicket ticket, long end, bool whole) =>
        state.IsCancelled ? UploadOpener.Cancelled()
        : state.Offset != end ? new Failure(
            FailureKind.StorageThrottled, Phase.Seal, $"Storage acknowledged blocks up to {end}, and lists them up to {state.Offset}; ask for the offset (HEAD) and go on from there.")
        : whole && ticket is { Sha256: { } declared, Role: not UploadRole.Final } ? WholeDigest.Compare(declared, state.Digest, end)
        : null;
}
