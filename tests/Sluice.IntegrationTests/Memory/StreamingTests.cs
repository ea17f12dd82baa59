using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>The requirement itself.</summary>
[Collection(MemoryTests.Name)]
public sealed class StreamingTests(AzuriteFixture azurite, WarmWorker warm)
{
    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task The_first_request_stores_100_MB_within_the_limit(Framing framing)
    {
        await using var worker = await MeasuredWorker.FreshAsync(azurite);
        Requirement.Holds(await worker.MeasureAsync(
            $"first request, PUT 100 MB, {framing}", () => worker.PutAsync(Requirement.BodyBytes, framing, seed: 3)));
    }

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task A_warm_worker_stores_100_MB_within_the_limit(Framing framing)
    {
        var worker = warm.Worker;
        Requirement.Holds(await worker.MeasureAsync(
            $"warm, PUT 100 MB, {framing}", () => worker.PutAsync(Requirement.BodyBytes, framing, seed: 4)));
    }

    [Fact]
    public async Task The_first_request_sends_100_MB_back_within_the_limit()
    {
        await using var worker = await MeasuredWorker.FreshAsync(azurite);
        var sha256 = await worker.PutBehindAsync(Requirement.BodyBytes, seed: 5);
        Requirement.Holds(await worker.MeasureAsync("first request, GET 100 MB", () => worker.GetAsync(sha256)));
    }

    [Fact]
    public async Task A_warm_worker_sends_100_MB_back_within_the_limit()
    {
        var worker = warm.Worker;
        var sha256 = await worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 6);
        Requirement.Holds(await worker.MeasureAsync("warm, GET 100 MB", () => worker.GetAsync(sha256)));
    }
}
