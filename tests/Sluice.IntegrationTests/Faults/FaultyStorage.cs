using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Azurite behind a wire that fails on demand.
/// <code>
/// Sluice.Server  --->  FaultyStorage (a rule for this request? its fault : on it goes)  --->  Azurite
/// </code>
/// </summary>
internal sealed class FaultyStorage : IAsyncDisposable
{
    // So small that a sender notices at once that nobody reads.
    private const int BufferBytes = 64 * 1024;

    private readonly WebApplication _app;
    private readonly HttpClient _storage;
    private readonly ConcurrentQueue<FaultRule> _rules = new();
    private readonly ConcurrentQueue<(StorageOperation Operation, string Path)> _requests = new();
    private readonly CancellationTokenSource _stopping = new();

    private FaultyStorage(Uri storage)
    {
        _storage = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null
        })
        {
            BaseAddress = new Uri(storage.GetLeftPart(UriPartial.Authority)),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<SocketTransportOptions>(static sockets => sockets.CreateBoundListenSocket = Bind);
        builder.Services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBufferSize = BufferBytes;
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(static host => host.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>For <c>Sluice:Blob:ConnectionString</c>: the same account and key, at the address of the bad wire.</summary>
    public string ConnectionString { get; private set; } = "";

    public static async Task<FaultyStorage> StartAsync(AzuriteFixture azurite, CancellationToken cancellationToken)
    {
        var account = azurite.BlobServiceClient.Uri;
        var storage = new FaultyStorage(account);
        await storage._app.StartAsync(cancellationToken);
        storage.ConnectionString = azurite.ConnectionString.Replace(
            account.GetLeftPart(UriPartial.Authority), storage.Address, StringComparison.Ordinal);
        return storage;
    }

    /// <summary>Decides about every request instead of the rules, where it is set; null lets a request pass.</summary>
    public Func<StorageOperation, string, StorageFault?>? Intercept { get; set; }

    /// <summary>Lets requests of a blob fail: all, or some of them in their order.</summary>
    /// <param name="operation">Which requests.</param>
    /// <param name="blob">Of which blob; tests don't share names.</param>
    /// <param name="fault">How.</param>
    /// <param name="after">How many pass before.</param>
    /// <param name="times">How many fail then.</param>
    public FaultRule Fail(StorageOperation operation, string blob, StorageFault fault, int after = 0, int times = int.MaxValue)
    {
        var rule = new FaultRule(operation, blob, fault, after, times);
        _rules.Enqueue(rule);
        return rule;
    }

    /// <summary>How many requests of a kind have come for a blob.</summary>
    public int Count(StorageOperation operation, string blob) =>
        _requests.Count(request => request.Operation == operation && request.Path.EndsWith($"/{blob}", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _storage.Dispose();
        _stopping.Dispose();
    }

    private static Socket Bind(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = BufferBytes };
        socket.Bind(endpoint);
        return socket;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var (operation, path) = (StorageOperations.Of(context.Request), context.Request.Path.Value!);
        var fault = (Intercept is { } intercept ? intercept(operation, path) : ByRule(operation, path)) ?? StorageFaults.None;
        try
        {
            await fault(new StorageExchange(context, _storage, _stopping.Token));
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            context.Abort(); // one of the two sides has hung up
        }
    }

    private StorageFault? ByRule(StorageOperation operation, string path)
    {
        _requests.Enqueue((operation, path));
        return _rules.Select(rule => rule.For(operation, path)).FirstOrDefault(static fault => fault is not null);
    }
}
