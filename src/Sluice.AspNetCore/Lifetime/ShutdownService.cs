using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Diagnostics;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.AspNetCore.Lifetime;

/// <summary>
/// Shuts down in order, before any other service stops, including the server: until this has finished, every connection is still served.
/// <code>
/// SIGTERM   ready: 503     new bodies: 503     those under way: 503        server stops      exit
///    |--------|---------------|-------------------|--------------------------|--------------|
///             ReadinessDelay  until none is under way, at most GracePeriod   at most Margin
/// </code>
/// </summary>
internal sealed class ShutdownService(
    Shutdown shutdown, IOptions<ShutdownOptions> options, TimeProvider time, ILogger<ShutdownService> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>The time that remains for the host after the grace period, to answer abandoned requests.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    private ITimer? _grace;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var (grace, delay) = (options.Value.GracePeriod, options.Value.ReadinessDelay);
        if (delay > TimeSpan.Zero)
        {
            shutdown.Begin();
        }
        else
        {
            shutdown.Close();
        }

        logger.ShutdownBegan(shutdown.UnderWay, grace);
        _grace = time.CreateTimer(static state => ((ShutdownService)state!).Abandon(), this, grace, Timeout.InfiniteTimeSpan);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, shutdown.Over);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        shutdown.Close();
        // The server waits for downloads: it stops next, and the grace period ends them too.
        await shutdown.WhenIdleAsync().WaitAsync(ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _grace?.Dispose();

    private void Abandon()
    {
        if (shutdown.UnderWay is > 0 and var abandoned)
        {
            logger.Abandoned(abandoned, options.Value.GracePeriod);
        }

        shutdown.Abandon();
    }
}
