using Sluice.Memory;

namespace Sluice.Sinks.Blob;

/// <summary>
/// Into which blocks a body is cut, so that it fits into 50,000 of them. A known length decides it at once; an unknown one starts small
/// and grows by a fixed schedule, so that its reach is known before the first byte.
/// </summary>
internal sealed class BlockPlan
{
    /// <summary>The largest block of Put Block: 4,000 MiB.</summary>
    public const long LargestBlockBytes = 4_000L << 20;

    private const long MiB = 1 << 20;

    private readonly long _firstBlockBytes;
    private readonly long _largestBlockBytes;
    private readonly int _blocksPerStep;

    private BlockPlan(long firstBlockBytes, long largestBlockBytes, int maxBlocks, int blocksPerStep, long maxBytes, bool passThrough)
    {
        _firstBlockBytes = firstBlockBytes;
        _largestBlockBytes = largestBlockBytes;
        _blocksPerStep = blocksPerStep;
        MaxBlocks = maxBlocks;
        MaxBytes = maxBytes;
        PassThrough = passThrough;
    }

    /// <summary>The most blocks the plan uses.</summary>
    public int MaxBlocks { get; }

    /// <summary>The largest body that the plan holds.</summary>
    public long MaxBytes { get; }

    /// <summary>Blocks are streamed from the request to the socket instead of being held: they are too large for the budget.</summary>
    public bool PassThrough { get; }

    /// <summary>How large the block with this index is; the last one may be smaller.</summary>
    public long BlockBytes(int index)
    {
        var steps = Math.Min(index / _blocksPerStep, 40);
        return Math.Min(_firstBlockBytes << steps, _largestBlockBytes);
    }

    /// <summary>
    /// The plan for a body. A known length takes the configured block size, or the smallest that fits <paramref name="maxBlocks"/>
    /// blocks; where such a block can't be held (<paramref name="largestHeldBytes"/>), blocks pass through. An unknown length doubles
    /// its block size every eighth of the blocks, as far as blocks can be held.
    /// </summary>
    /// <param name="length">The declared length of the body, if any.</param>
    /// <param name="blockBytes">The configured block size.</param>
    /// <param name="maxBlocks">How many blocks may be used.</param>
    /// <param name="largestHeldBytes">The largest block that the memory budget lets one upload hold.</param>
    public static BlockPlan For(long? length, long blockBytes, int maxBlocks, long largestHeldBytes)
    {
        var largestHeld = Math.Clamp(largestHeldBytes, blockBytes, LargestBlockBytes);
        return length is { } known ? Known(known, blockBytes, maxBlocks, largestHeld) : Unknown(blockBytes, maxBlocks, largestHeld);
    }

    private static BlockPlan Known(long length, long blockBytes, int maxBlocks, long largestHeld)
    {
        var needed = RoundUp((length / maxBlocks) + (length % maxBlocks == 0 ? 0 : 1), BlockPool.SegmentBytes);
        var held = Math.Max(blockBytes, needed);
        return held <= largestHeld
            ? new BlockPlan(held, held, maxBlocks, maxBlocks, maxBlocks * held, passThrough: false)
            : Fixed(Math.Min(RoundUp(needed, MiB), LargestBlockBytes), maxBlocks);
    }

    private static BlockPlan Fixed(long bytes, int maxBlocks) =>
        new(bytes, bytes, maxBlocks, maxBlocks, maxBlocks * LargestBlockBytes, passThrough: true);

    private static BlockPlan Unknown(long blockBytes, int maxBlocks, long largestHeld)
    {
        var perStep = Math.Max(1, maxBlocks / 8);
        long reach = 0;
        var left = maxBlocks;
        for (var size = blockBytes; left > 0; size = Math.Min(size * 2, largestHeld))
        {
            var blocks = size == largestHeld ? left : Math.Min(perStep, left);
            reach += blocks * size;
            left -= blocks;
        }

        return new BlockPlan(blockBytes, largestHeld, maxBlocks, perStep, reach, passThrough: false);
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}
