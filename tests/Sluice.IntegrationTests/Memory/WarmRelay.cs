using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>One process for all tests of a warm one: it has relayed 100 MB in each way.</summary>
public sealed class WarmRelay(AzuriteFixture azurite) : IAsyncLifetime
{
    private MeasuredRelay? _relay;

    internal MeasuredRelay Relay => _relay ?? throw new InvalidOperationException("There is no warm relay.");

    public async ValueTask InitializeAsync()
    {
        _relay = await MeasuredRelay.FreshAsync(azurite);
        foreach (var http in (int[])[1, 2])
        {
            await _relay.SendAsync(http, Requirement.BodyBytes, Framing.Chunked, seed: 1);
            await _relay.SendAsync(http, Requirement.BodyBytes, Framing.ContentLength, seed: 2);
        }
    }

    public ValueTask DisposeAsync() => _relay?.DisposeAsync() ?? default;
}
