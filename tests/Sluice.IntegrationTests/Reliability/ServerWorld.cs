using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Resumable;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// One server, or several behind HAProxy, with an account that does not fail.
/// The servers may be killed; they come back at the same address.
/// </summary>
internal sealed class ServerWorld : World, IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ScriptedService _service;
    private readonly ServerSettings _settings;
    private readonly ServerProcess[] _servers;
    private readonly HaProxy? _proxy;
    private int _interruptions;

    private ServerWorld(
        BlobContainerClient container, ScriptedService service, ServerSettings settings, ServerProcess[] servers, HaProxy? proxy)
    {
        (Container, _service, _settings, _servers, _proxy) = (container, service, settings, servers, proxy);
        var connections = new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) };
        // HAProxy's own answers are not those of the document.
        Client = proxy is null
            ? ServerClient.Create(connections: connections)
            : new HttpClient(connections) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public override Uri Address => _proxy?.Address ?? _servers[0].Address;

    public override HttpClient Client { get; }

    public override BlobContainerClient Container { get; }

    public override bool IsShortOfMemory => true;

    public override bool MayBreak => Kills > 0;

    public override int Interruptions => _interruptions;

    public override CancellationToken Ending => _end.Token;

    /// <summary>How often a server was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>The first server.</summary>
    public ServerProcess Server => _servers[0];

    /// <summary>Starts the servers.</summary>
    /// <param name="azurite">The account.</param>
    /// <param name="servers">How many: with more than one, HAProxy is in front of them.</param>
    /// <param name="isMeasured"><inheritdoc cref="ServerSettings.IsMeasured" path="/summary"/></param>
    /// <param name="more">Settings beside those of <see cref="CampaignSettings.Common"/>.</param>
    public static async Task<ServerWorld> StartAsync(
        AzuriteFixture azurite, int servers, bool isMeasured, params (string Key, string Value)[] more)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var container = await azurite.NewContainerAsync();
        var service = await ScriptedService.StartAsync();
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [container.Name],
            IsMeasured = isMeasured,
            More = CampaignSettings.Join(CampaignSettings.Common(container.Name, service), more.ToDictionary()),
        };
        var started = await Task.WhenAll(Enumerable.Range(0, servers).Select(_ => ServerProcess.StartAsync(settings, cancelled)));
        var proxy = servers > 1 ? await HaProxy.StartAsync(started.Select(static server => server.Address), cancelled) : null;
        return new ServerWorld(container, service, settings, started, proxy);
    }

    public override IReadOnlyList<string> Received(string name) => _service.WholeBodies(name);

    // HAProxy answers by itself while a server is away; what it says is no problem document.
    public override bool Allows(Reply reply) =>
        base.Allows(reply) || (_proxy is not null && MayBreak && reply.Status is 502 or 504 && !reply.IsProblem);

    /// <summary>Kills a server, as a crash does, and starts it again.</summary>
    public async Task KillAsync(int server)
    {
        var dead = _servers[server];
        Assert.False(dead.HasExited, $"The server ended by itself:\n{string.Join('\n', dead.Output.TakeLast(40))}");
        Kills++;
        Interlocked.Increment(ref _interruptions);
        dead.Kill();
        if (TestedHost.IsFunctions)
        {
            // The host gives up after three crashes, and the platform starts another one, elsewhere.
            await dead.DisposeAsync();
            _servers[server] = await ServerProcess.StartAsync(_settings, _end.Token);
            Interlocked.Increment(ref _interruptions);
            return;
        }

        _servers[server] = await ServerProcess.StartAsync(
            _settings with
            {
                More = CampaignSettings.Join(
                    _settings.More, new Dictionary<string, string> { ["Kestrel:Endpoints:Again:Url"] = $"{dead.Address}" })
            }, _end.Token);
        Interlocked.Increment(ref _interruptions);
        await dead.DisposeAsync();
    }

    /// <summary>What the servers that run now logged of what they did not expect.</summary>
    public IReadOnlyList<string> Errors => [.. _servers.SelectMany(static server => server.Errors)];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Client.Dispose();
        _proxy?.Dispose();
        foreach (var server in _servers)
            await server.DisposeAsync();
        await _service.DisposeAsync();
        _end.Dispose();
    }
}
