using Microsoft.Extensions.Hosting;

namespace Sluice.FunctionsHost;

/// <summary>
/// A lifetime that hears no signals: they are for the process that the servers are in, and would not end it if these heard them.
/// </summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
