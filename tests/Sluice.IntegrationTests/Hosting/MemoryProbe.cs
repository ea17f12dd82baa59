using System.Diagnostics;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// Watches the resident memory of a process from a moment of rest on. Where the system keeps a peak of its own that is
/// exact; everywhere there are samples too.
/// </summary>
internal sealed class MemoryProbe : IAsyncDisposable
{
    private const long StableBytes = 256 * 1024;

    private static readonly TimeSpan _stableFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _settleLimit = TimeSpan.FromSeconds(15);

    private readonly int _pid;
    private readonly long? _peakBefore;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<long> _sampling;

    private MemoryProbe(int pid)
    {
        _pid = pid;
        var peakIsReset = ProcessMemory.TryResetPeak(pid);
        BaseBytes = ProcessMemory.ResidentBytes(pid);
        _peakBefore = peakIsReset ? 0 : ProcessMemory.PeakBytes(pid);
        _sampling = Task.Run(SampleAsync);
    }

    /// <summary>The resident memory at rest.</summary>
    public long BaseBytes { get; }

    /// <summary>Waits until the memory of a process is at rest (1 s within 256 KiB, or 15 s), then watches it.</summary>
    public static async Task<MemoryProbe> StartAsync(int pid, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (stableSince, low, high) = (began, long.MaxValue, long.MinValue);
        while (Stopwatch.GetElapsedTime(stableSince) < _stableFor && Stopwatch.GetElapsedTime(began) < _settleLimit)
        {
            var now = ProcessMemory.ResidentBytes(pid);
            (low, high) = (Math.Min(low, now), Math.Max(high, now));
            if (high - low > StableBytes)
                (stableSince, low, high) = (Stopwatch.GetTimestamp(), now, now);
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
        return new MemoryProbe(pid);
    }

    /// <summary>Ends the watch.</summary>
    public async Task<MemoryReading> StopAsync()
    {
        // The system's peak may be of an earlier time if it could not be reset; if it grew, it is of this one.
        var systemPeak = ProcessMemory.PeakBytes(_pid) is { } peak && peak > _peakBefore ? peak : 0;
        await _stop.CancelAsync();
        return new MemoryReading(BaseBytes, Math.Max(systemPeak, await _sampling));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        _stop.Dispose();
    }

    private async Task<long> SampleAsync()
    {
        var peak = BaseBytes;
        try
        {
            while (true)
            {
                peak = Math.Max(peak, ProcessMemory.ResidentBytes(_pid));
                await Task.Delay(ProcessMemory.SampleEvery, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or ArgumentException
            or IOException or FormatException)
        {
            return peak; // stopped, or the process has ended
        }
    }
}
