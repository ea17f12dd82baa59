using System.Diagnostics.CodeAnalysis;
using Sluice.Diagnostics;

namespace Sluice.Memory;

/// <summary>
/// The process's memory budget for bodies, cut into segments of 64 KiB. A block of any size is a list of segments, so blocks of
/// different sizes share one budget without fragmenting it, and a body of 10 KB takes 64 KiB of it rather than a whole block.
/// Segments are allocated when first needed, pinned (the kernel reads them), handed out last-in first-out, and never given back to the
/// garbage collector: memory that went up to the budget once is reused, not churned.
/// </summary>
internal sealed class BlockPool
{
    public const int SegmentBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _free = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private readonly long _segments;
    private readonly TimeProvider _time;
    private readonly SluiceMetrics _metrics;
    private long _taken;

    public BlockPool(long budgetBytes, TimeProvider time, SluiceMetrics metrics)
    {
        (_segments, _time, _metrics) = (budgetBytes / SegmentBytes, time, metrics);
        metrics.Watch(this);
    }

    /// <summary>The largest block that can ever be rented, in bytes.</summary>
    public long BudgetBytes => _segments * SegmentBytes;

    /// <summary>What is rented now, in bytes.</summary>
    public long InUseBytes => Volatile.Read(ref _taken) * SegmentBytes;

    /// <summary>How many wait for their first block, or for a larger one.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>
    /// Rents a block at once, or not at all. Never overtakes an upload that waits for its first block: what is free belongs to it.
    /// </summary>
    public bool TryRent(long bytes, [NotNullWhen(true)] out Block? block)
    {
        lock (_gate)
        {
            block = _waiters.Count == 0 ? Take(SegmentsFor(bytes)) : null;
            return block is not null;
        }
    }

    /// <summary>Rents a block, waiting in line for at most <paramref name="timeout"/>. Null when nothing became free in time.</summary>
    public async ValueTask<Block?> RentAsync(long bytes, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (SegmentsFor(bytes) > _segments)
        {
            return null;
        }

        if (TryRent(bytes, out var block) || timeout <= TimeSpan.Zero)
        {
            return block;
        }

        var waiter = new Waiter(SegmentsFor(bytes));
        lock (_gate)
        {
            waiter.Node = _waiters.AddLast(waiter);
            Serve();
        }

        var started = _time.GetTimestamp();
        using var timer = _time.CreateTimer(_ => Leave(waiter), null, timeout, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.Register(() => Leave(waiter));
        block = await waiter.Task;
        _metrics.WaitedForMemory(_time.GetElapsedTime(started), block is not null);
        return block;
    }

    /// <summary>Adds segments to a block until it holds <paramref name="bytes"/>, at once or not at all.</summary>
    public bool TryGrow(Block block, long bytes)
    {
        lock (_gate)
        {
            if (block.Capacity >= bytes)
            {
                return true;
            }

            if (_waiters.Count != 0 || Take(SegmentsFor(bytes - block.Capacity)) is not { } more)
            {
                return false;
            }

            block.Absorb(more);
            return true;
        }
    }

    internal void Return(List<byte[]> segments)
    {
        lock (_gate)
        {
            foreach (var segment in segments)
            {
                _free.Push(segment);
            }

            _taken -= segments.Count;
            Serve();
        }
    }

    private static int SegmentsFor(long bytes) => (int)Math.Max(1, (bytes + SegmentBytes - 1) / SegmentBytes);

    private Block? Take(int count)
    {
        if (_taken + count > _segments)
        {
            return null;
        }

        _taken += count;
        var segments = new List<byte[]>(count);
        while (segments.Count < count)
        {
            segments.Add(_free.TryPop(out var segment) ? segment : GC.AllocateUninitializedArray<byte>(SegmentBytes, pinned: true));
        }

        return new Block(this, segments);
    }

    // First come, first served: a large block is not starved by small ones that would still fit.
    private void Serve()
    {
        while (_waiters.First is { Value: var waiter } node && Take(waiter.Segments) is { } block)
        {
            _waiters.Remove(node);
            waiter.TrySetResult(block);
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            if (!waiter.Task.IsCompleted)
            {
                _waiters.Remove(waiter.Node!);
                waiter.TrySetResult(null);
                Serve();
            }
        }
    }

    private sealed class Waiter(int segments) : TaskCompletionSource<Block?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Segments => segments;

        public LinkedListNode<Waiter>? Node { get; set; }
    }
}
