using Sluice.Diagnostics;

namespace Sluice.Memory;

/// <summary>
/// While uploads wait for memory, asks holders that only wait for their clients to return theirs: the slowest first, and no more of them
/// than necessary.
/// </summary>
internal sealed class MemoryReclaimer
{
    /// <summary>How often holders are checked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Func<(long Segments, List<MemoryAccount> Holders)?> _findMissing;
    private readonly SluiceMetrics _metrics;
    private readonly ITimer _timer;

    /// <param name="findMissing">
    /// Returns how many segments are missing and who could return some; null when nobody waits any more, which stops the reclaimer until
    /// <see cref="Begin"/>.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts the reclaimed memory.</param>
    public MemoryReclaimer(Func<(long Segments, List<MemoryAccount> Holders)?> findMissing, TimeProvider time, SluiceMetrics metrics)
    {
        (_findMissing, _metrics) = (findMissing, metrics);
        _timer = time.CreateTimer(
            static reclaimer => ((MemoryReclaimer)reclaimer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts reclaiming: somebody waits.</summary>
    public void Begin() => _timer.Change(Interval, Timeout.InfiniteTimeSpan);

    private void Tick()
    {
        if (_findMissing() is not var (missing, holders))
        {
            return;
        }

        foreach (var holder in holders.OrderBy(static holder => holder.Holder!.BytesPerSecond))
        {
            if (missing <= 0)
            {
                break;
            }

            // Outside the pool's lock: this calls other code.
            var segments = holder.Segments;
            holder.IsGivingBack = true;
            if (holder.Holder!.TryGiveBack())
            {
                missing -= segments;
                _metrics.GaveBackMemory();
            }
            else
            {
                holder.IsGivingBack = false;
            }
        }

        Begin();
    }
}
