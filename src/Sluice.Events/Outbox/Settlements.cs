using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Events.Diagnostics;

namespace Sluice.Events.Outbox;

/// <summary>
/// What is still to be said in the outbox after an upload has been answered. If it is never said, the announcement becomes visible by
/// itself, and its reader asks the blob: the event is late, not lost.
/// </summary>
internal sealed class Settlements(ILogger<Settlements> logger)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _active = [];

    /// <summary>Called when there is something to read in the outbox.</summary>
    public event Action? Confirmed;

    /// <summary>Runs a request beside everything else. Never throws.</summary>
    public void Run(Func<Task> request, bool confirms)
    {
        var running = Task.Run(() => RunAsync(request, confirms));
        lock (_gate)
        {
            _active.Add(running);
        }

        running.ContinueWith(Remove, TaskScheduler.Default);
    }

    /// <summary>Waits for the active ones.</summary>
    public Task WhenAllAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_active);
        }
    }

    private async Task RunAsync(Func<Task> request, bool confirms)
    {
        try
        {
            await request();
            if (confirms)
            {
                Confirmed?.Invoke();
            }
        }
        catch (Exception e)
        {
            logger.Late(LogException.Of(e));
        }
    }

    private void Remove(Task ended)
    {
        lock (_gate)
        {
            _active.Remove(ended);
        }
    }
}
