namespace Sluice.Resumable;

/// <summary>One writer of an upload, as its blocks tell of it.</summary>
internal sealed class Epoch(ulong number)
{
    private readonly Runs _data = new();
    private DigestPieces? _digest;
    private DateTimeOffset? _commitsAt;
    private long _end;
    private bool _withdrawn;
    private bool _held;

    public ulong Number => number;

    /// <summary>It said where it goes on.</summary>
    public bool IsLinked { get; private set; }

    /// <summary>It adds nothing more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>When it said that it was about to commit; null where it did not, or said later that it does not.</summary>
    public DateTimeOffset? CommitsAt => _withdrawn ? null : _commitsAt;

    /// <summary>The one it goes on from; 0 for the first.</summary>
    public ulong Parent { get; private set; }

    /// <summary>Where it goes on.</summary>
    public long Base { get; private set; }

    /// <summary>The length that it was told.</summary>
    public long? Length { get; private set; }

    /// <summary>Some of the bytes are missing that it has counted when it was done. Of held ones none counts then, and the upload goes on before them.</summary>
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
    /// How far its bytes go, and in how many blocks; no farther than to where the next one goes on, which is not before they begin. Bytes that are held count together or not at all:
    /// their checksum, or the digest's state behind them, is that of all of them.
    /// </summary>
    public (long End, int Blocks) Reach(long limit)
    {
        var (end, blocks) = _data.From(Base);
        return _held && (!IsClosed || end < _end) ? (Base, 0) : (Math.Max(Base, Math.Min(end, limit)), blocks);
    }

    /// <summary>The state of the whole upload's digest at the end of its bytes; null where it did not say.</summary>
    public byte[]? Digest(long end) => _digest?.Whole(end);
}
