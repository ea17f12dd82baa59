using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>
/// Steps 5 and 6 of <see cref="ResumableUploads"/>: makes sure that no other writer has taken over, and commits a complete upload.
/// </summary>
internal sealed class UploadCompletion(ChainStore store, TimeProvider time)
{
    /// <summary>How long a commit may take after its announcement. Then it is given up, so that others know.</summary>
    public static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Ends a writer that adds nothing: commits the upload if all of its bytes are there, and returns its state, which stays true even if
    /// an older writer continues late.
    /// </summary>
    public async ValueTask<Result<UploadStatus>> SettleAsync(ChainWriter writer, UploadTicket ticket, CancellationToken cancellationToken)
    {
        if (await writer.LinkAsync(ChainBlockFlags.Fence, cancellationToken) is { } unlinked)
        {
            return unlinked;
        }

        var offset = writer.State.Offset;
        return await CompleteAsync(writer, ticket, offset, ticket.IsWhole(offset, ticket.LengthIn(writer.State)), []);
    }

    /// <summary>Ends a writer. Nothing here ends when the client disconnects: the bytes that arrived must count.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="end">
    /// Where the upload ends now: as far as storage has acknowledged its bytes. If storage lists another end, nothing is reported, and
    /// nothing committed.
    /// </param>
    /// <param name="whole">Whether it is complete now.</param>
    /// <param name="digests">The computed digests of its bytes, if a single request brought all of them.</param>
    public async ValueTask<Result<UploadStatus>> CompleteAsync(
        ChainWriter writer, UploadTicket ticket, long end, bool whole, IReadOnlyList<Digest> digests)
    {
        var announced = time.GetTimestamp();
        if (await writer.CloseAsync(end, whole, CancellationToken.None) is { } unclosed)
        {
            return unclosed;
        }

        if ((await writer.LookAsync(keepData: whole, CancellationToken.None)
            ?? Disagreement(writer.State, ticket, end, whole)) is { } refused)
        {
            // Later writers need not wait for this commit.
            return whole && await writer.CloseAsync(end, commits: false, CancellationToken.None) is { } silent ? silent : refused;
        }

        var state = writer.State;
        if (!whole)
        {
            return new UploadStatus(ticket, state.Offset, ticket.LengthIn(state), false);
        }

        // Storage may have been so slow that no time is left.
        var left = CommitTime - time.GetElapsedTime(announced);
        using var ends = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        var blocks = writer.Reading.Listing.BlocksOf(state);
        digests = ticket.Sha256 is null ? digests : [ticket.Sha256];
        if ((await store.CommitAsync(ticket, blocks, state.Offset, digests, ends.Token)).TryGet(out var committed, out var failure))
        {
            return new UploadStatus(ticket, state.Offset, state.Offset, true) { Committed = committed, Digests = digests };
        }

        // Others need not wait for a commit that will not happen.
        return failure.IsRefusal && await writer.CloseAsync(end, commits: false, CancellationToken.None) is { } unsaid ? unsaid : failure;
    }

    // The listed blocks are what would be committed: they must match what was acknowledged, and the declared digest.
    private static Failure? Disagreement(ChainState state, UploadTicket ticket, long end, bool whole) =>
        state.IsCancelled ? UploadOpener.Cancelled()
        : state.Offset != end ? new Failure(
            FailureKind.StorageThrottled, Phase.Seal,
            $"Storage acknowledged blocks up to {end}, but lists them only up to {state.Offset}. "
                + $"Request the offset (HEAD) and continue from there.")
        : whole && ticket is { Sha256: { } declared, Role: not UploadRole.Final } ? WholeDigest.Compare(declared, state.Digest, end)
        : null;
}
