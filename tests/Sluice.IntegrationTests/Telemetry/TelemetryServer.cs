using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>A server that exports to a receiver in this process: one for each test, so that its metrics are the test's own.</summary>
internal sealed class TelemetryServer : IAsyncDisposable
{
    public const string Key = "a-key-that-no-telemetry-has";

    private TelemetryServer(OtlpReceiver receiver, ScriptedService service, BlobContainerClient container, ServerProcess process)
    {
        (Receiver, Service, Container, Process) = (receiver, service, container, process);
        Client = process.CreateClient();
        Client.DefaultRequestHeaders.Add("x-functions-key", Key);
    }

    public OtlpReceiver Receiver { get; }

    public ScriptedService Service { get; }

    public BlobContainerClient Container { get; }

    public ServerProcess Process { get; }

    public HttpClient Client { get; }

    /// <param name="azurite">The storage.</param>
    /// <param name="more">Settings of the test; <c>{container}</c> in one is the name of the container.</param>
    public static async Task<TelemetryServer> StartAsync(AzuriteFixture azurite, params (string Key, string Value)[] more)
    {
        var receiver = await OtlpReceiver.StartAsync();
        var service = await ScriptedService.StartAsync();
        var container = await azurite.NewContainerAsync();
        var settings = new Dictionary<string, string>(receiver.Settings)
        {
            ["Sluice:Server:Keys:0"] = Key,
            ["Sluice:Relay:Targets:service:Address"] = $"{service.Address()}",
            ["Sluice:Routes:0:Name"] = "tee",
            ["Sluice:Routes:0:Store:Container"] = container.Name,
            ["Sluice:Routes:0:Relay:Target"] = "service",
        };
        foreach (var (key, value) in more)
            settings[key] = value.Replace("{container}", container.Name, StringComparison.Ordinal);
        var process = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = [container.Name],
                IsMeasured = true,
                AllowAnonymous = false,
                More = settings
            }, TestContext.Current.CancellationToken);
        return new TelemetryServer(receiver, service, container, process);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        await Service.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
