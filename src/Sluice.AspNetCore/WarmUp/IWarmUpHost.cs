using Microsoft.Extensions.DependencyInjection;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// Starts a second host of the endpoints, for the warm-up only: its requests take the same path that they will take through the real host.
/// </summary>
internal interface IWarmUpHost
{
    /// <summary>Starts the host on a port of the loopback address.</summary>
    /// <param name="configure">Adds what the endpoints need and configures what the server must let through.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken);
}

/// <summary>A warm-up host that has started.</summary>
/// <param name="address">The address it listens on.</param>
/// <param name="handler">Sends requests to the host.</param>
/// <param name="stop">Stops the host.</param>
internal sealed class WarmUpServer(Uri address, HttpMessageHandler handler, Func<ValueTask> stop) : IAsyncDisposable
{
    /// <summary>Sends requests to the host, by paths below its address.</summary>
    public HttpClient CreateClient() => new(handler, disposeHandler: false) { BaseAddress = address };

    public async ValueTask DisposeAsync()
    {
        handler.Dispose();
        await stop();
    }
}
