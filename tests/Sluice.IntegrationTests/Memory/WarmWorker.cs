using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>One process for all tests of a warm one: it has stored 100 MB and sent them back. Or the running host that is given.</summary>
public sealed class WarmWorker(AzuriteFixture azurite) : IAsyncLifetime
{
    internal MeasuredWorker Worker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Worker = RunningHost.Given is { } host ? new MeasuredWorker(host) : await MeasuredWorker.FreshAsync(azurite);
        await Worker.GetAsync(await Worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 1));
    }

    public ValueTask DisposeAsync() => Worker.DisposeAsync();
}
