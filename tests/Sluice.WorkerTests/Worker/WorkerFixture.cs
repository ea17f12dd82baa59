using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Worker;

/// <summary>One host and worker for all tests of a class.</summary>
public sealed class WorkerFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private HostedWorker? _worker;

    internal HostedWorker Worker => _worker ?? throw new InvalidOperationException("There is no worker.");

    public async ValueTask InitializeAsync() => _worker = await HostedWorker.StartAsync(azurite);

    public ValueTask DisposeAsync() => _worker?.DisposeAsync() ?? default;
}
