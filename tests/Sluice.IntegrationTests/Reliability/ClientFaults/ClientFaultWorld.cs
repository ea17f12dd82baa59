using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Telemetry;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>Two servers with little patience, in both versions of HTTP, whose storage and service are as they should be.</summary>
internal sealed class ClientFaultWorld : World, IAsyncDisposable
{
    /// <summary>A blob that is longer than what the sockets of server and client hold for a client that does not read.</summary>
    public const string LargeBlob = "large";

    private const int LargeBytes = 24 << 20;

    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ScriptedService _service;
    private readonly OtlpReceiver _receiver;
    private readonly ServerProcess _server;
    private readonly ServerProcess _passing;

    private ClientFaultWorld(
        BlobContainerClient container, ScriptedService service, OtlpReceiver receiver, ServerProcess server, ServerProcess passing)
    {
        (Container, _service, _receiver, _server, _passing) = (container, service, receiver, server, passing);
        Client = ServerClient.Create();
    }

    /// <summary>How long a client may send nothing, or take nothing.</summary>
    public static TimeSpan IdleTimeout { get; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The pauses of a client that sends single bytes: some shorter than <see cref="IdleTimeout"/>, and then a longer one.
    /// </summary>
    public static IReadOnlyList<TimeSpan> Trickle { get; } = [0.5 * IdleTimeout, 0.5 * IdleTimeout, 2 * IdleTimeout];

    public override Uri Address => _server.Addresses[0];

    public override Uri? PassingAddress => _passing.Addresses[0];

    public override HttpClient Client { get; }

    public override BlobContainerClient Container { get; }

    public override bool IsImpatient => true;

    public override CancellationToken Ending => _end.Token;

    /// <summary>How many files and sockets the server has open.</summary>
    public int Handles => OpenHandles.Of(_server.ProcessId);

    /// <summary>What both servers logged of what they did not expect.</summary>
    public IReadOnlyList<string> Errors => [.. _server.Errors, .. _passing.Errors];

    public static async Task<ClientFaultWorld> StartAsync(AzuriteFixture azurite)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var container = await azurite.NewContainerAsync();
        var service = await ScriptedService.StartAsync();
        var receiver = await OtlpReceiver.StartAsync();
        var common = CampaignSettings.Join(
            CampaignSettings.Common(container.Name, service),
            CampaignSettings.BothVersions,
            new Dictionary<string, string> { ["Sluice:Body:IdleTimeout"] = $"{IdleTimeout:c}", ["Sluice:Body:DrainTimeout"] = "00:00:01" });
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [container.Name],
            IsMeasured = true,
            More = new Dictionary<string, string>([.. common, .. receiver.Settings])
            {
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
                ["Sluice:Memory:BudgetBytes"] = $"{64 << 20}",
            },
        };
        var server = await ServerProcess.StartAsync(settings, cancelled);
        var passing = await ServerProcess.StartAsync(
            settings with { More = CampaignSettings.Join(common, CampaignSettings.PassesThrough) }, cancelled);
        return new ClientFaultWorld(container, service, receiver, server, passing);
    }

    public override Uri? Http2(Uri address) => (address.Port == _passing.Addresses[0].Port ? _passing : _server).Addresses[1];

    public override IReadOnlyList<string> Received(string name) => _service.WholeBodies(name);

    /// <summary>What the service was asked for.</summary>
    public IReadOnlyList<string> Seen => _service.Log;

    /// <summary>The bodies that the service got whole, as their targets and their SHA-256 in hexadecimal digits.</summary>
    public IEnumerable<(string Target, string Sha256)> WholeBodies =>
        _service.Exchanges.Where(static exchange => exchange.Sha256 is not null)
            .Select(static exchange => (exchange.Target, exchange.Sha256!));

    /// <summary>Stores <see cref="LargeBlob"/>.</summary>
    public async Task SeedLargeAsync() =>
        await Container.GetBlobClient(LargeBlob).UploadAsync(BinaryData.FromBytes(new byte[LargeBytes]), overwrite: true, Ending);

    /// <summary>Waits until nothing is held any more: memory, bodies under way, and all connections but so many.</summary>
    public async Task UntilIdleAsync(int handles)
    {
        await _receiver.UntilAsync(receiver =>
            Handles <= handles
            && receiver.Point("sluice.memory.used") is { Value: 0 }
            && receiver.Point("sluice.uploads.active") is null or { Value: 0 }
                ? "idle"
                : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        await _passing.DisposeAsync();
        await _service.DisposeAsync();
        await _receiver.DisposeAsync();
        _end.Dispose();
    }
}
