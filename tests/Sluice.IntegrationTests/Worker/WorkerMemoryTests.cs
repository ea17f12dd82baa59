using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;

namespace Sluice.IntegrationTests.Worker;

/// <summary>The requirement, for the worker that Azure Functions runs: behind a host, with an invocation for each request.</summary>
[Collection(QuietTests.Name)]
public sealed class WorkerMemoryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_request_stores_100_MB_within_the_limit()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        Requirement.Holds(await worker.MeasureAsync(
            "worker, first request, PUT 100 MB, Chunked", () => worker.PutAsync("first", Requirement.BodyBytes, Framing.Chunked, seed: 3)));
    }

    [Fact]
    public async Task After_any_other_request_100_MB_stay_within_the_limit()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        var live = await worker.MeasureAsync("worker, first request, GET health/live", () => worker.Client.GetAsync("/api/health/live", TestContext.Current.CancellationToken));
        var first = await worker.MeasureAsync("worker, then PUT 100 MB, Chunked", () => worker.PutAsync("first", Requirement.BodyBytes, Framing.Chunked, seed: 4));
        var warm = await worker.MeasureAsync("worker, warm, PUT 100 MB, Chunked", () => worker.PutAsync("warm", Requirement.BodyBytes, Framing.Chunked, seed: 5));

        Assert.All([live, first, warm], Requirement.Holds);
    }
}
