namespace Sluice.Resumable;

/// <summary>One writer of an upload, as described by its blocks.</summary>
internal sealed class Epoch(ulong number)
{
    private readonly Runs _data = new();
    private DigestPieces? _digest;
    private DateTimeOffset? _commitsAt;
    private long _end;
    private bool _withdrawn;
    private bool _held;

    public ulong Number => number;

    /// <summary>Whether it has recorded where it continues.</summary>
    public bool IsLinked { get; private set; }

    /// <summary>Whether it adds nothing more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>When it announced its commit; null if it did not, or withdrew the announcement.</summary>
    public DateTimeOffset? CommitsAt => _withdrawn ? null : _commitsAt;

    /// <summary>The writer that it continues from; 0 for the first.</summary>
    public ulong Parent { get; private set; }

    /// <summary>The offset at which it continues.</summary>
    public long Base { get; private set; }

    /// <summary>The length that it recorded.</summary>
    public long? Length { get; private set; }

    /// <summary>
    /// Whether some of the bytes that it counted when it closed are missing. If its bytes are held, none of them counts then, and the
    /// upload continues before them.
    /// </summary>
    public bool IsShort => !_held && _data.From(Base).End < _end;

    public void Add(ChainBlock block)
    {
        switch (block.Kind)
        {
            case ChainBlockKind.Length:
                Length = block.First;
                break;
            case ChainBlockKind.Link:
                (IsLinked, Parent, Base) = (true, (ulong)block.First, block.Second);
                _held = block.Flags.HasFlag(ChainBlockFlags.Held);
                IsClosed |= block.Flags.HasFlag(ChainBlockFlags.Fence);
                break;
            case ChainBlockKind.Data:
                _data.Add(block.First, block.Second);
                break;
            case ChainBlockKind.Digest:
                (_digest ??= new()).Add(block);
                break;
            case ChainBlockKind.Close:
                IsClosed = true;
                _end = Math.Max(_end, block.Second);
                _withdrawn |= !block.Flags.HasFlag(ChainBlockFlags.Commit);
                _commitsAt = block.Flags.HasFlag(ChainBlockFlags.Commit) ? DateTimeOffset.FromUnixTimeSeconds(block.First) : _commitsAt;
                break;
        }
    }

    /// <summary>
    /// How far its bytes reach, and in how many blocks; no further than the offset at which the next writer continues, which is not before
    /// they begin. Held bytes count together or not at all: their checksum, or the state of the digest after them, covers all of them.
    /// </summary>
    public (long End, int Blocks) Reach(long limit)
    {
        var (end, blocks) = _data.From(Base);
        return _held && (!IsClosed || end < _end) ? (Base, 0) : (Math.Max(Base, Math.Min(end, limit)), blocks);
    }

    /// <summary>The state of the whole upload's digest at the end of its bytes; null if it did not record one.</summary>
    public byte[]? Digest(long end) => _digest?.Whole(end);
}
