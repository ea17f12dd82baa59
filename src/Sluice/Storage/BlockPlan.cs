using Sluice.Memory;

namespace Sluice.Storage;

/// <summary>
/// How a body is cut into blocks, so that it fits into 50,000 of them. A known length decides the block size at once. An unknown length
/// starts with small blocks that grow by a fixed schedule, so that its reach is known before the first byte. The first quarter of the
/// blocks does not grow: by default, 12 GiB take no more memory than 100 MB.
/// </summary>
internal sealed class BlockPlan
{
    /// <summary>The largest block of Put Block: 4,000 MiB.</summary>
    public const long LargestBlockBytes = 4_000L << 20;

    /// <summary>No blocks: the plan for a body that is not stored.</summary>
    public static readonly BlockPlan None = new(0, 0, maxBlocks: 0, maxBytes: 0, passThrough: false);

    private const long MiB = 1 << 20;

    private readonly long _firstBlockBytes;
    private readonly long _largestBlockBytes;
    private readonly int _before;

    private BlockPlan(long firstBlockBytes, long largestBlockBytes, int maxBlocks, long maxBytes, bool passThrough, int before = 0)
    {
        _before = before;
        _firstBlockBytes = firstBlockBytes;
        _largestBlockBytes = largestBlockBytes;
        MaxBlocks = maxBlocks;
        MaxBytes = maxBytes;
        PassThrough = passThrough;
    }

    /// <summary>The most blocks the plan uses.</summary>
    public int MaxBlocks { get; }

    /// <summary>The largest body that the plan can hold.</summary>
    public long MaxBytes { get; }

    /// <summary>
    /// Whether blocks are streamed from the request to the socket instead of being held, because they are too large for the budget.
    /// </summary>
    public bool PassThrough { get; }

    /// <summary>The size of the block with this index; the last one may be smaller.</summary>
    public long BlockBytes(int index) => Grown(_firstBlockBytes, _largestBlockBytes, MaxBlocks, _before + index);

    /// <summary>The largest body of known length whose blocks can be held.</summary>
    /// <param name="maxBlocks">How many blocks may be used.</param>
    /// <param name="largestHeldBytes">The largest block that can be held.</param>
    public static long LargestHeldBody(int maxBlocks, long largestHeldBytes) =>
        Planned(maxBlocks) * Math.Min(largestHeldBytes, LargestBlockBytes);

    /// <summary>Whether the plan has a block with this index.</summary>
    public bool Has(int index) => _before + index < MaxBlocks;

    /// <summary>
    /// Whether the block with this index may be shorter than planned, because memory is short. If the length is known, the rest has to fit
    /// into the remaining blocks. If it is unknown, the last quarter of the blocks keeps its planned size: half of the reach lies there.
    /// </summary>
    /// <param name="index">The block.</param>
    /// <param name="left">How many bytes follow it, if known.</param>
    public bool MayBeShort(int index, long? left) => left is { } bytes
        ? bytes <= (MaxBlocks - _before - index - 1) * _firstBlockBytes
        : _before + index < MaxBlocks * 3L / 4;

    /// <summary>The same plan, for a body that continues after this many blocks.</summary>
    public BlockPlan After(int blocks) => new(_firstBlockBytes, _largestBlockBytes, MaxBlocks, MaxBytes, PassThrough, blocks);

    /// <summary>
    /// The plan for a body. A known length takes the configured block size, or the smallest that fits three quarters of
    /// <paramref name="maxBlocks"/> blocks. If such a block can't be held (<paramref name="largestHeldBytes"/>), blocks pass through. An
    /// unknown length takes the configured size for a quarter of the blocks, then doubles it every eighth, as far as blocks can be held.
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
        var planned = Planned(maxBlocks);
        var held = Math.Max(blockBytes, RoundUp(Divide(length, planned), BlockPool.SegmentBytes));
        return held <= largestHeld
            ? new BlockPlan(held, held, maxBlocks, planned * held, passThrough: false)
            : Fixed(Math.Min(RoundUp(Divide(length, maxBlocks), MiB), LargestBlockBytes), maxBlocks);
    }

    // A quarter of the blocks is reserved for blocks that are short because memory is.
    private static int Planned(int maxBlocks) => maxBlocks - (maxBlocks / 4);

    private static long Divide(long bytes, int blocks) => (bytes / blocks) + (bytes % blocks == 0 ? 0 : 1);

    private static BlockPlan Fixed(long bytes, int maxBlocks) =>
        new(bytes, bytes, maxBlocks, maxBlocks * LargestBlockBytes, passThrough: true);

    private static BlockPlan Unknown(long blockBytes, int maxBlocks, long largestHeld)
    {
        long reach = 0;
        for (var (index, step) = (0, Unchanged(maxBlocks)); index < maxBlocks; (index, step) = (index + step, Step(maxBlocks)))
        {
            reach += Math.Min(step, maxBlocks - index) * Grown(blockBytes, largestHeld, maxBlocks, index);
        }

        return new BlockPlan(blockBytes, largestHeld, maxBlocks, reach, passThrough: false);
    }

    private static int Unchanged(int maxBlocks) => Math.Max(1, maxBlocks / 4);

    private static int Step(int maxBlocks) => Math.Max(1, maxBlocks / 8);

    private static long Grown(long blockBytes, long largestBlockBytes, int maxBlocks, int index)
    {
        var beyond = index - Unchanged(maxBlocks);
        var doublings = beyond < 0 ? 0 : 1 + Math.Min(beyond / Step(maxBlocks), 40);
        return Math.Min(blockBytes << doublings, largestBlockBytes);
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}
