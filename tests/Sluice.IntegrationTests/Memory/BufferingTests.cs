using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>A check that can't fail says nothing.</summary>
public sealed class BufferingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_sink_that_keeps_the_body_is_caught()
    {
        await using var worker = await MeasuredWorker.FreshAsync(azurite, new ServerSettings { Dll = PublishedServer.BufferingDll });
        var reading = await worker.MeasureAsync(
            "a sink that keeps the body, PUT 100 MB", () => worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 8));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Requirement.Holds(reading));
        Assert.True(reading.DeltaBytes > Requirement.BodyBytes, $"It keeps 100 MB: {reading}");
    }
}
