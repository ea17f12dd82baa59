using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A server, and a downstream service in the process of the tests.</summary>
public abstract class ServiceServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private ScriptedService? _service;

    internal ScriptedService Service => _service ?? throw new InvalidOperationException("The service is not started.");

    /// <summary>What is visible under a name; null for nothing.</summary>
    internal async Task<byte[]?> VisibleAsync(string name)
    {
        var blob = Container.GetBlobClient(name);
        return await blob.ExistsAsync(TestContext.Current.CancellationToken)
            ? (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray()
            : null;
    }

    protected override async Task PrepareAsync() => _service = await ScriptedService.StartAsync();

    protected override ValueTask CleanUpAsync() => _service?.DisposeAsync() ?? default;
}
