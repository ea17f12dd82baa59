namespace Sluice.Resumable;

/// <summary>What is known of an upload from its uncommitted blocks.</summary>
/// <param name="Offset">How many bytes of it are there, from the first on.</param>
/// <param name="Blocks">In how many blocks; a few more than are committed where a writer was taken over from.</param>
/// <param name="Uncommitted">How many uncommitted blocks the name has in all.</param>
/// <param name="Length">Its length, where that was told after it was created.</param>
/// <param name="Newest">The newest writer.</param>
/// <param name="Top">The newest writer that counts.</param>
/// <param name="IsQuiet">Nobody adds to it now: what is said of it stays true until somebody takes over.</param>
/// <param name="CommitsAt">Somebody is about to commit it, since then; null where nobody is.</param>
/// <param name="IsCancelled">Its client gave it up.</param>
/// <param name="Spans">Whose bytes it is made of, in their order.</param>
/// <param name="Digest">The state of the whole upload's digest at the offset; null where none is kept, or where nothing is there.</param>
internal sealed record ChainState(
    long Offset, int Blocks, int Uncommitted, long? Length, ulong Newest, ulong Top, bool IsQuiet, DateTimeOffset? CommitsAt, bool IsCancelled,
    IReadOnlyList<ChainSpan> Spans, byte[]? Digest = null)
{
    /// <summary>
    /// Whether blocks are missing that storage has acknowledged: bytes before those that somebody went on after, or that a writer has counted. Blocks don't go away one by one, so
    /// the list is not what storage has; to go on after it would give up bytes that a client was told are there.
    /// </summary>
    public bool IsTorn { get; init; }
}
