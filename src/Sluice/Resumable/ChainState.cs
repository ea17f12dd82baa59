namespace Sluice.Resumable;

/// <summary>What an upload's uncommitted blocks tell about it.</summary>
/// <param name="Offset">How many of its bytes are stored without a gap, from the first on.</param>
/// <param name="Blocks">The number of their blocks; a few more than will be committed if a writer was taken over from.</param>
/// <param name="Uncommitted">How many uncommitted blocks the blob name has in all.</param>
/// <param name="Length">Its length, if declared after it was created.</param>
/// <param name="Newest">The newest writer.</param>
/// <param name="Top">The newest writer that counts.</param>
/// <param name="IsQuiet">Whether nobody adds to it now: its reported state stays true until another writer takes over.</param>
/// <param name="CommitsAt">Since when a commit is announced; null if none is.</param>
/// <param name="IsCancelled">Whether its client cancelled it.</param>
/// <param name="Spans">The writers whose bytes it is made of, in order.</param>
/// <param name="Digest">The state of the whole upload's digest at the offset; null if none is kept, or if the upload has no bytes.</param>
internal sealed record ChainState(
    long Offset, int Blocks, int Uncommitted, long? Length, ulong Newest, ulong Top, bool IsQuiet,
    DateTimeOffset? CommitsAt, bool IsCancelled, IReadOnlyList<ChainSpan> Spans, byte[]? Digest = null)
{
    /// <summary>
    /// Whether blocks are missing that storage has acknowledged: bytes before an offset that another writer continued from, or bytes that a
    /// writer has counted. Blocks don't disappear one by one, so the list is not what storage has. Continuing from it would lose bytes that
    /// were reported to a client as stored.
    /// </summary>
    public bool IsTorn { get; init; }
}
