namespace Sluice.Memory;

/// <summary>
/// A piece of a body on its way to storage, held in segments of the pool. It is filled once, then read any number of times (a retry reads
/// it again). It returns to the pool when it was disposed <em>and</em> nobody reads it any more: an HTTP client may still be writing a
/// request that storage already refused, and must not send another upload's bytes.
/// </summary>
internal sealed class Block : IDisposable
{
    private readonly MemoryAccount _account;
    private readonly List<byte[]> _segments;
    private int _holders = 1;

    internal Block(MemoryAccount account, List<byte[]> segments)
    {
        _account = account;
        _segments = segments;
    }

    /// <summary>How many bytes it can hold.</summary>
    public long Capacity => (long)_segments.Count * BlockPool.SegmentBytes;

    /// <summary>How many bytes it holds.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// The next memory to write to: the free rest of the segment that is being filled, at most <paramref name="most"/> bytes.
    /// </summary>
    public Memory<byte> Free(long most)
    {
        if (Length == Capacity)
        {
            return Memory<byte>.Empty;
        }

        var (segment, offset) = ((int)(Length / BlockPool.SegmentBytes), (int)(Length % BlockPool.SegmentBytes));
        return _segments[segment].AsMemory(offset, (int)Math.Min(BlockPool.SegmentBytes - offset, most));
    }

    /// <summary>Reports how many bytes were written to <see cref="Free"/>.</summary>
    public void Advance(int bytes) => Length += bytes;

    /// <summary>The content from <paramref name="position"/> to the end of that segment. Empty at the end.</summary>
    public ReadOnlyMemory<byte> Filled(long position)
    {
        var (segment, offset) = ((int)(position / BlockPool.SegmentBytes), (int)(position % BlockPool.SegmentBytes));
        return position >= Length
            ? ReadOnlyMemory<byte>.Empty
            : _segments[segment].AsMemory(offset, (int)Math.Min(BlockPool.SegmentBytes - offset, Length - position));
    }

    /// <summary>
    /// Keeps the block out of the pool until <see cref="Dispose"/> is called once more. False when it was already returned.
    /// </summary>
    public bool TryHold()
    {
        int holders;
        do
        {
            holders = Volatile.Read(ref _holders);
            if (holders == 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders);
        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _account.Return(_segments);
        }
    }

    internal void Absorb(Block other) => _segments.AddRange(other._segments);
}
