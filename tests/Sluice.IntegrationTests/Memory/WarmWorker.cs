using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>One process for all tests of a warm one: it has stored 100 MB and sent them back. Or the running host that is given.</summary>
public sealed class WarmWorker(AzuriteFixture azurite) : IAsyncLifetime
{
    private MeasuredWorker? _worker;

    internal MeasuredWorker Worker => _worker ?? throw new InvalidOperationException("There is no warm worker.");

    public async ValueTask InitializeAsync()
    {
        _worker = RunningHost.Given is { } host ? new MeasuredWorker(host) : await MeasuredWorker.FreshAsync(azurite);
        await _worker.GetAsync(await _worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 1));
    }

    public ValueTask DisposeAsync() => _worker?.DisposeAsync() ?? default;
}
