using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Two servers behind which storage fails on demand: one with small blocks, one whose blocks are larger than its memory.</summary>
internal sealed partial class StorageWorld : World, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, FaultPlan> _plans = new();
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly FaultyStorage _storage;
    private readonly ScriptedService _service;
    private readonly WatchedServer _server;
    private readonly WatchedServer _passing;
    private volatile FaultPlan? _alone;

    private StorageWorld(
        BlobContainerClient container, FaultyStorage storage, ScriptedService service, WatchedServer server, WatchedServer passing)
    {
        (Container, _storage, _service, _server, _passing) = (container, storage, service, server, passing);
        Client = ServerClient.Create();
        storage.Intercept = Intercept;
    }

    public override Uri Address => _server.Process.Addresses[0];

    public override Uri? PassingAddress => _passing.Process.Addresses[0];

    public override HttpClient Client { get; }

    public override BlobContainerClient Container { get; }

    public override bool StorageIsSound => false;

    public override CancellationToken Ending => _end.Token;

    /// <summary>Both servers.</summary>
    public IReadOnlyList<WatchedServer> Servers => [_server, _passing];

    public static async Task<StorageWorld> StartAsync(AzuriteFixture azurite)
    {
        var container = await azurite.NewContainerAsync();
        var storage = await FaultyStorage.StartAsync(azurite, TestContext.Current.CancellationToken);
        var service = await ScriptedService.StartAsync();
        var settings = new ServerSettings
        {
            ConnectionString = storage.ConnectionString,
            Containers = [container.Name],
            IsMeasured = true,
            More = CampaignSettings.Join(
                CampaignSettings.Common(container.Name, service),
                CampaignSettings.BothVersions,
                new Dictionary<string, string> { ["Sluice:Blob:StallTimeout"] = "00:00:12" }),
        };
        var passing = settings with { More = CampaignSettings.Join(settings.More, CampaignSettings.PassesThrough) };
        return new StorageWorld(
            container, storage, service, await WatchedServer.StartAsync(settings), await WatchedServer.StartAsync(passing));
    }

    public override Uri? Http2(Uri address) =>
        Servers.First(server => server.Process.Addresses[0].Port == address.Port).Process.Addresses[1];

    public override IReadOnlyList<string> Received(string name) => _service.WholeBodies(name);

    public override string Note(string token) => _plans.TryGetValue(token, out var plan) ? $"{plan}" : "";

    /// <summary>Plans what goes wrong for a run.</summary>
    public void Plan(Run run, FaultPlan plan, bool alone)
    {
        _plans[run.Token] = plan;
        if (alone)
            _alone = plan;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        await _passing.DisposeAsync();
        await _storage.DisposeAsync();
        await _service.DisposeAsync();
        _end.Dispose();
    }

    // /account/container/…run-12-345…
    private StorageFault? Intercept(StorageOperation operation, string path) =>
        (Token().Match(path) is { Success: true } token
            ? _plans.GetValueOrDefault(token.Value)
            : path.Contains("/partial-uploads/", StringComparison.Ordinal) ? _alone : null)?.Next(operation);

    [GeneratedRegex("run-[0-9]+-[0-9]+")]
    private static partial Regex Token();
}
