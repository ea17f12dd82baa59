using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>Nothing is streamed: what is measured here is the noise of the measure itself.</summary>
[Collection(MemoryTests.Name)]
public sealed class BaselineTests(AzuriteFixture azurite, WarmWorker warm)
{
    // How long 100 MB take.
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_fresh_worker_that_does_nothing_stays_where_it_is()
    {
        await using var worker = await MeasuredWorker.FreshAsync(azurite);
        var reading = await worker.MeasureAsync("fresh, idle for 3 s", () => Task.Delay(_duration, TestContext.Current.CancellationToken));
        Assert.InRange(reading.DeltaBytes, 0, Requirement.Megabyte / 2);
    }

    [Fact]
    public async Task A_warm_worker_that_stores_small_bodies_stays_where_it_is()
    {
        var reading = await warm.Worker.MeasureAsync("warm, bodies of 1 KB for 3 s", () => SmallBodiesAsync(warm.Worker));
        Assert.InRange(reading.DeltaBytes, 0, Requirement.Megabyte);
    }

    private static async Task SmallBodiesAsync(MeasuredWorker worker)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < _duration;)
        {
            await worker.PutAsync(1000, Framing.Chunked, seed: 2);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }
}
