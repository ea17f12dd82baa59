using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Sluice.FunctionsHost.Protocol;

/// <summary>The gRPC server that workers connect to, on a free port of 127.0.0.1.</summary>
internal sealed class RpcServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _channels = new();
    private readonly WebApplication _app;

    public RpcServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddGrpc(static grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (int.MaxValue, int.MaxValue));
        builder.Services.AddSingleton(new WorkerStreams(_channels));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<KestrelServerOptions>(static kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGrpcService<WorkerStreams>();
        _app.UseEndpoints(static _ => { });
    }

    /// <summary>Where it listens, once it has started.</summary>
    public Uri Address => new(_app.Urls.First());

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <summary>From now on a worker of this name is heard.</summary>
    public void Expect(WorkerChannel channel) => _channels[channel.WorkerId] = channel;

    /// <summary>And now no more.</summary>
    public void Forget(WorkerChannel channel) => _channels.TryRemove(channel.WorkerId, out _);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
