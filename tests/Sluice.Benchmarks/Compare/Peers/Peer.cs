using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.Benchmarks.Compare;

/// <summary>A process that is compared.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Func<ValueTask> _stop;

    public Peer(int processId, Listener listener, Func<ValueTask> stop)
    {
        (_process, Listener, _stop) = (Process.GetProcessById(processId), listener, stop);
    }

    /// <summary>Where it listens.</summary>
    public Listener Listener { get; }

    /// <summary>The processor time that it has used, user and system, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Its resident memory, in bytes.</summary>
    public long ResidentBytes => ProcessMemory.ResidentBytes(_process.Id);

    public async ValueTask DisposeAsync()
    {
        await _stop();
        _process.Dispose();
    }
}
