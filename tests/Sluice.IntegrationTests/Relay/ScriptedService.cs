using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// A downstream service: a real Kestrel in the process of the tests, HTTP/1.1 on one port, HTTP/2 without TLS on another. A test says what
/// it does at a path of the test's own, and sees what arrived there; at all other paths it echoes.
/// </summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServiceScript> _scripts = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ServiceExchange>> _seen = new();
    private readonly ConcurrentQueue<ServiceExchange> _exchanges = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly WebApplication _app;
    private int _paths;

    private ScriptedService(Action<ListenOptions>? secure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            // One character a byte.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                secure?.Invoke(listen);
            });
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(RunWithAsync);
        _ = _app.Services.GetRequiredService<DiagnosticListener>().Subscribe(
            new BadRequestObserver(_refused.Enqueue), static name => name == BadRequestObserver.Event);
    }

    /// <summary>Where it speaks HTTP/1.1, or HTTP/2.</summary>
    public Uri Address(int http = 1) =>
        new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ElementAt(
            http - 1));

    /// <summary>Everything it was asked: methods and targets.</summary>
    public IReadOnlyList<string> Log => [.. _exchanges.Select(static exchange => $"{exchange.Method} {exchange.Target}")];

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<ServiceExchange> Exchanges => [.. _exchanges];

    /// <summary>The SHA-256, in hexadecimal digits, of each body that arrived whole at a path that ends with a name.</summary>
    public IReadOnlyList<string> WholeBodies(string name) =>
        [
            .. _exchanges.Where(exchange => exchange.Sha256 is not null && exchange.Target.EndsWith(name, StringComparison.Ordinal))
                .Select(static exchange => exchange.Sha256!)
        ];

    /// <summary>Why it refused what was no HTTP: said of all that is not in <see cref="Log"/>, and of bodies that broke off.</summary>
    public IReadOnlyList<string> BadRequests => [.. _refused];

    /// <param name="secure">What is done to the endpoint that speaks HTTP/1.1.</param>
    public static async Task<ScriptedService> StartAsync(Action<ListenOptions>? secure = null)
    {
        var service = new ScriptedService(secure);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>A path that nobody else uses, and what happens there: the last part of the path is its name.</summary>
    public string At(ServiceScript script)
    {
        var name = $"at-{Interlocked.Increment(ref _paths)}";
        _scripts[name] = script;
        return name;
    }

    /// <summary>The first request whose path ends with a name.</summary>
    public Task<ServiceExchange> SeenAsync(string name) =>
        Seen(name).Task.WaitAsync(SluiceFixture.Patience, TestContext.Current.CancellationToken);

    /// <summary>Whether there was a request whose path ends with a name.</summary>
    public bool HasSeen(string name) => Seen(name).Task.IsCompleted;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private TaskCompletionSource<ServiceExchange> Seen(string name) =>
        _seen.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task RunWithAsync(HttpContext context)
    {
        var name = context.Request.Path.Value!.Split('/')[^1];
        var exchange = new ServiceExchange(context);
        _exchanges.Enqueue(exchange);
        Seen(name).TrySetResult(exchange);
        var aborted = false;
        try
        {
            await _scripts.GetValueOrDefault(name, Scripts.Echo)(context, exchange);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            aborted = true;
        }
        finally
        {
            exchange.End(aborted);
        }
    }
}
