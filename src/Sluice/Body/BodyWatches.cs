using Microsoft.Extensions.Options;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.Body;

/// <summary>Watches the bodies of requests, by the configured idle time-out.</summary>
internal sealed class BodyWatches(IOptions<BodyOptions> options, Shutdown shutdown, TimeProvider time)
{
    /// <summary>Begins to watch the body of a request.</summary>
    /// <param name="aborted">Fires when the client disconnects.</param>
    public BodyWatch Begin(CancellationToken aborted) => new(options.Value.IdleTimeout, shutdown, time, aborted);
}
