using System.Collections.Concurrent;
using System.Globalization;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Telemetry;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Two servers behind which storage fails on demand: one with small blocks, one whose blocks are larger than its memory.</summary>
internal sealed class StorageWorld : World, IAsyncDisposable
{
    private const int BudgetBytes = 8 << 20;

    private readonly ConcurrentDictionary<string, FaultPlan> _plans = new();
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly FaultyStorage _storage;
    private readonly ScriptedService _service;
    private readonly OtlpReceiver _receiver;
    private readonly ServerProcess _server;
    private readonly ServerProcess _passing;
    private volatile FaultPlan? _alone;

    private StorageWorld(BlobContainerClient container, FaultyStorage storage, ScriptedService service, OtlpReceiver receiver, ServerProcess server, ServerProcess passing)
    {
        (Container, _storage, _service, _receiver, _server, _passing) = (container, storage, service, receiver, server, passing);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        storage.Intercept = Intercept;
    }

    public override Uri Address => _server.Address;

    public override Uri? PassingAddress => _passing.Address;

    public override HttpClient Client { get; }

    public override BlobContainerClient Container { get; }

    public override CancellationToken Ending => _end.Token;

    /// <summary>The server with small blocks.</summary>
    public ServerProcess Server => _server;

    /// <summary>The settings that all ways in <see cref="AllWays.Common"/> need.</summary>
    public static Dictionary<string, string> Settings(string container, ScriptedService service)
    {
        var settings = new Dictionary<string, string>
        {
            ["Sluice:Blob:BlockBytes"] = "65536",
            ["Sluice:Blob:MaxRetries"] = "1",
            ["Sluice:Blob:StallTimeout"] = "00:00:03",
            ["Sluice:Memory:BudgetBytes"] = BudgetBytes.ToString(CultureInfo.InvariantCulture),
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
            ["Sluice:Resumable:Name"] = "{filename}/{id}",
            ["Sluice:Hooks:Sources:hook:Scheme"] = "github",
            ["Sluice:Hooks:Sources:hook:Secrets:0"] = HookServer.Secret,
            ["Sluice:Hooks:Sources:hook:Store:Container"] = container,
            ["Sluice:Relay:Targets:service:Address"] = $"{service.Address()}",
            ["Sluice:Limits:Enabled"] = "false",
            ["Logging:LogLevel:Sluice"] = "Error",
            ["Sluice:Routes:0:Name"] = "store",
            ["Sluice:Routes:0:When:Path"] = "run-*/**",
            ["Sluice:Routes:0:Store:Container"] = container,
        };
        foreach (var (at, commit) in Enum.GetValues<TeeCommit>().Index())
        {
            settings[$"Sluice:Routes:{at + 1}:Name"] = $"{commit}";
            settings[$"Sluice:Routes:{at + 1}:When:Path"] = $"{commit}/**";
            settings[$"Sluice:Routes:{at + 1}:Store:Container"] = container;
            settings[$"Sluice:Routes:{at + 1}:Relay:Target"] = "service";
            settings[$"Sluice:Routes:{at + 1}:Commit"] = $"{commit}";
        }

        return settings;
    }

    public static async Task<StorageWorld> StartAsync(AzuriteFixture azurite)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var container = await azurite.NewContainerAsync();
        var storage = await FaultyStorage.StartAsync(azurite, cancelled);
        var service = await ScriptedService.StartAsync();
        var receiver = await OtlpReceiver.StartAsync();
        var settings = new ServerSettings
        {
            ConnectionString = storage.ConnectionString,
            Containers = [container.Name],
            More = new Dictionary<string, string>([.. Settings(container.Name, service), .. receiver.Settings]) { ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000" },
        };
        var server = await ServerProcess.StartAsync(settings, cancelled);
        var passing = await ServerProcess.StartAsync(
            settings with
            {
                More = new Dictionary<string, string>(Settings(container.Name, service))
                {
                    ["Sluice:Blob:MaxBlocks"] = "4",
                    ["Sluice:Memory:BudgetBytes"] = $"{1 << 20}",
                },
            },
            cancelled);
        return new StorageWorld(container, storage, service, receiver, server, passing);
    }

    public override IReadOnlyList<string> Received(string name) => _service.WholeBodies(name);

    public override string Note(string token) => _plans.TryGetValue(token, out var plan) ? $"{plan}" : "";

    /// <summary>Plans what goes wrong for a run.</summary>
    public void Plan(Run run, FaultPlan plan, bool alone)
    {
        _plans[run.Token] = plan;
        if (alone)
            _alone = plan;
    }

    /// <summary>Waits until no memory is held any more, and no body is under way.</summary>
    public Task UntilIdleAsync() => _receiver.UntilAsync(static receiver =>
        receiver.Point("sluice.memory.used") is { Value: 0 } && receiver.Point("sluice.uploads.active") is null or { Value: 0 } ? "idle" : null);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        await _passing.DisposeAsync();
        await _storage.DisposeAsync();
        await _service.DisposeAsync();
        await _receiver.DisposeAsync();
        _end.Dispose();
    }

    private StorageFault? Intercept(StorageOperation operation, string path)
    {
        // /account/container/…run-0012-0000345…
        var at = path.IndexOf("run-", StringComparison.Ordinal);
        var plan = at >= 0 ? _plans.GetValueOrDefault(path.Substring(at, "run-0012-0000345".Length)) : path.Contains("/partial-uploads/", StringComparison.Ordinal) ? _alone : null;
        return plan?.Next(operation);
    }
}
