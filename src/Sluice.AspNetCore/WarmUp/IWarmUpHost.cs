using Microsoft.Extensions.DependencyInjection;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>Starts a second host of the endpoints, for the rehearsal alone: requests go the way through it that they will go through the real one.</summary>
internal interface IWarmUpHost
{
    /// <summary>Starts it on a port of the loopback address.</summary>
    /// <param name="configure">Adds what the endpoints need and what the server must let through.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken);
}

/// <summary>A host of the rehearsal that has started.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="handler">Sends requests to it.</param>
/// <param name="stop">Ends it.</param>
internal sealed class WarmUpServer(Uri address, HttpMessageHandler handler, Func<ValueTask> stop) : IAsyncDisposable
{
    /// <summary>Sends requests to it, by paths below its address.</summary>
    public HttpClient CreateClient() => new(handler, disposeHandler: false) { BaseAddress = address };

    public async ValueTask DisposeAsync()
    {
        handler.Dispose();
        await stop();
    }
}
