using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A server, and a downstream service in the process of the tests.</summary>
public abstract class ServiceServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private ScriptedService? _service;

    internal ScriptedService Service => _service ?? throw new InvalidOperationException("The service is not started.");

    protected override async Task PrepareAsync() => _service = await ScriptedService.StartAsync();

    protected override ValueTask CleanUpAsync() => _service?.DisposeAsync() ?? default;
}
