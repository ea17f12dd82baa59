using System.Diagnostics.CodeAnalysis;
using Sluice.Diagnostics;

namespace Sluice.Memory;

/// <summary>
/// The process's memory budget for bodies, cut into segments of 64 KiB. A block of any size is a list of segments, so blocks of different
/// sizes share one budget without fragmenting it. Memory follows the bytes received: an upload takes a segment when there is something to
/// put into it, and takes more as it fills them.
/// <code>
/// nobody waits     take what is free
/// somebody waits   take nothing out of turn ──► in line: the caller that holds least first, then first come, first served
///                  every 50 ms: the slowest uploads that only wait for their clients give their memory back
/// </code>
/// The line always moves: no upload that waits in it holds memory that others could use, since what it has filled is on its way to storage.
/// Segments are allocated when first needed, pinned (the kernel reads them), handed out last-in first-out, and reused.
/// </summary>
internal sealed class BlockPool
{
    public const int SegmentBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _free = new();
    private readonly MemoryLine _line = new();
    private readonly Dictionary<string, CallerShare> _callers = new(StringComparer.Ordinal);
    private readonly HashSet<MemoryAccount> _holders = [];
    private readonly long _segments;
    private readonly TimeProvider _time;
    private readonly SluiceMetrics _metrics;
    private readonly MemoryReclaimer _reclaimer;
    private long _taken;
    private long _turns;
    private bool _isReclaiming;

    public BlockPool(long budgetBytes, TimeProvider time, SluiceMetrics metrics)
    {
        (_segments, _time, _metrics) = (budgetBytes / SegmentBytes, time, metrics);
        _reclaimer = new MemoryReclaimer(FindMissing, time, metrics);
        metrics.ObserveMemory(() => InUseBytes, () => BudgetBytes, () => Waiting);
    }

    /// <summary>The largest block that can ever be rented, in bytes.</summary>
    public long BudgetBytes => _segments * SegmentBytes;

    /// <summary>How much is rented now, in bytes.</summary>
    public long InUseBytes => Volatile.Read(ref _taken) * SegmentBytes;

    /// <summary>How many requests wait for memory.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>Whether an upload would get memory at once.</summary>
    public bool IsFree
    {
        get
        {
            lock (_gate)
            {
                return _line.Count == 0 && _taken < _segments;
            }
        }
    }

    /// <summary>Opens the account of an upload. It need not be closed: the pool keeps no record of an account that holds nothing.</summary>
    /// <param name="caller">Whose share it uses.</param>
    /// <param name="holder">Returns memory when others wait; null where that is never needed.</param>
    public MemoryAccount Open(string caller, IMemoryHolder? holder = null) => new(this, caller, holder);

    /// <summary>Rents a block at once, or not at all. Never overtakes a waiting upload: free memory belongs to those in line.</summary>
    public bool TryRent(MemoryAccount account, long bytes, [NotNullWhen(true)] out Block? block)
    {
        lock (_gate)
        {
            block = _line.Count == 0 ? Take(account, SegmentsFor(bytes)) : null;
            return block is not null;
        }
    }

    /// <summary>
    /// Rents a block, waiting in line for at most <paramref name="timeout"/>. Null when not enough memory became free in time.
    /// </summary>
    /// <param name="account">Whose block it is.</param>
    /// <param name="bytes">The capacity of the block.</param>
    /// <param name="orLess">Whether a smaller block will do when the caller's share has no room for more while others wait.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<Block?> RentAsync(
        MemoryAccount account, long bytes, bool orLess, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (SegmentsFor(bytes) > _segments)
        {
            return null;
        }

        if (TryRent(account, bytes, out var block) || timeout <= TimeSpan.Zero)
        {
            return block;
        }

        var waiter = Enqueue(account, SegmentsFor(bytes), orLess);
        var started = _time.GetTimestamp();
        using var timer = _time.CreateTimer(_ => Leave(waiter), null, timeout, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.Register(() => Leave(waiter));
        block = await waiter.Task;
        _metrics.WaitedForMemory(_time.GetElapsedTime(started), block is not null);
        return block;
    }

    /// <summary>Adds segments to a block until its capacity is <paramref name="bytes"/>, at once or not at all.</summary>
    public bool TryGrow(MemoryAccount account, Block block, long bytes)
    {
        lock (_gate)
        {
            if (block.Capacity >= bytes)
            {
                return true;
            }

            if (_line.Count != 0 || Take(account, SegmentsFor(bytes - block.Capacity)) is not { } more)
            {
                return false;
            }

            block.Absorb(more);
            return true;
        }
    }

    /// <summary>
    /// An upload's share of the budget while others wait, in bytes: the budget divided by the number of callers that hold or want memory,
    /// then by the number of uploads of this caller. Never less than a segment.
    /// </summary>
    public long FairBytes(MemoryAccount account)
    {
        lock (_gate)
        {
            return Math.Max(1, CallerSegments / Math.Max(1, account.Caller?.Active ?? 1)) * SegmentBytes;
        }
    }

    internal void Return(MemoryAccount account, List<byte[]> segments)
    {
        if (segments.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var segment in segments)
            {
                _free.Push(segment);
            }

            _taken -= segments.Count;
            account.IsGivingBack = false;
            Hold(account, -segments.Count);
            Serve();
        }
    }

    private long CallerSegments => _segments / Math.Max(1, _callers.Count);

    private static int SegmentsFor(long bytes) => (int)Math.Max(1, (bytes + SegmentBytes - 1) / SegmentBytes);

    private Block? Take(MemoryAccount account, int count)
    {
        if (_taken + count > _segments)
        {
            return null;
        }

        _taken += count;
        Hold(account, count);
        var segments = new List<byte[]>(count);
        while (segments.Count < count)
        {
            segments.Add(_free.TryPop(out var segment) ? segment : GC.AllocateUninitializedArray<byte>(SegmentBytes, pinned: true));
        }

        return new Block(account, segments);
    }

    private MemoryWaiter Enqueue(MemoryAccount account, int segments, bool orLess)
    {
        lock (_gate)
        {
            Wait(account, +1);
            var waiter = new MemoryWaiter(account, segments, orLess, _turns++);
            _line.Add(waiter);
            Serve();
            if (_line.Count > 0 && !_isReclaiming)
            {
                _isReclaiming = true;
                _reclaimer.Begin();
            }

            return waiter;
        }
    }

    // Small blocks that would still fit do not starve a large one: the pool waits for whichever is next in line.
    private void Serve()
    {
        while (_line.Next is { } waiter)
        {
            var segments = waiter.OrLess && _line.Callers > 1
                ? (int)Math.Clamp(CallerSegments - waiter.Account.Caller!.Segments, 1, waiter.Segments)
                : waiter.Segments;
            if (_taken + segments > _segments)
            {
                return;
            }

            _line.Remove(waiter);
            var block = Take(waiter.Account, segments);
            Wait(waiter.Account, -1);
            waiter.TrySetResult(block);
        }
    }

    private void Leave(MemoryWaiter waiter)
    {
        lock (_gate)
        {
            if (!waiter.Task.IsCompleted)
            {
                _line.Remove(waiter);
                Wait(waiter.Account, -1);
                waiter.TrySetResult(null);
                Serve();
            }
        }
    }

    private void Wait(MemoryAccount account, int change)
    {
        var wasActive = account.IsActive;
        account.Waiting += change;
        CountActive(account, wasActive);
    }

    private void Hold(MemoryAccount account, int change)
    {
        var wasActive = account.IsActive;
        account.Segments += change;
        _ = account.Segments > 0 ? _holders.Add(account) : _holders.Remove(account);
        CountActive(account, wasActive);
        _line.Hold(account.Caller!, change);
    }

    // Callers that hold nothing and want nothing have no share.
    private void CountActive(MemoryAccount account, bool wasActive)
    {
        if (account.IsActive == wasActive)
        {
            return;
        }

        if (account.IsActive)
        {
            if (!_callers.TryGetValue(account.CallerName, out var caller))
            {
                _callers[account.CallerName] = caller = new CallerShare();
            }

            account.Caller = caller;
            caller.Active++;
        }
        else if (--account.Caller!.Active == 0)
        {
            _callers.Remove(account.CallerName);
        }
    }

    // How much is still missing for those who wait, and who could return memory: null when nobody waits any more.
    private (long Segments, List<MemoryAccount> Holders)? FindMissing()
    {
        lock (_gate)
        {
            if (_line.Count == 0)
            {
                _isReclaiming = false;
                return null;
            }

            var underWay = _holders.Sum(static holder => holder.IsGivingBack ? holder.Segments : 0);
            return (_line.Segments - (_segments - _taken) - underWay,
                [.. _holders.Where(static holder => holder is { Holder: not null, IsGivingBack: false })]);
        }
    }
}
