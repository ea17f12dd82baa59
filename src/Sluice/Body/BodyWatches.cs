using Microsoft.Extensions.Options;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.Body;

/// <summary>Watches the bodies of requests, by the configured idle time-out.</summary>
internal sealed class BodyWatches(IOptions<BodyOptions> options, Shutdown shutdown, TimeProvider time)
{
    /// <summary>Begins to watch the body of a request.</summary>
    /// <param name="aborted">Fires when the client disconnects.</param>
    public BodyWatch Begin(CancellationToken aborted)
    {
        var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Over);
        var idle = new IdleTimer(options.Value.IdleTimeout, time, ends, shutdown);
        // It counts as under way before the shutdown is asked for a refusal, so that none slips through in between.
        shutdown.Enter();
        return new BodyWatch(shutdown, ends, idle, shutdown.Refusal);
    }
}
