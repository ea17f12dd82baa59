using Sluice.Diagnostics;

namespace Sluice.Memory;

/// <summary>
/// While somebody waits for memory, asks those that hold some and only wait for their clients to give it back: the slowest first, and no more of them than it takes.
/// </summary>
internal sealed class MemoryReclaimer
{
    /// <summary>How often holders are looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Func<(long Segments, List<MemoryAccount> Holders)?> _findMissing;
    private readonly SluiceMetrics _metrics;
    private readonly ITimer _timer;

    /// <param name="findMissing">How many segments are missing, and who could give some; null when nobody waits any more, which ends it until <see cref="Begin"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Where it is counted.</param>
    public MemoryReclaimer(Func<(long Segments, List<MemoryAccount> Holders)?> findMissing, TimeProvider time, SluiceMetrics metrics)
    {
        (_findMissing, _metrics) = (findMissing, metrics);
        _timer = time.CreateTimer(static reclaimer => ((MemoryReclaimer)reclaimer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somebody waits.</summary>
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

            // Not under the pool's lock: it calls out.
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
