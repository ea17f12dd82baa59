using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Telemetry;

namespace Sluice.IntegrationTests.Memory;

/// <summary>The requirement holds for a worker that is watched, too.</summary>
public sealed class TelemetryMemoryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_worker_that_exports_traces_metrics_and_logs_stays_within_the_limit()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var worker = await MeasuredWorker.FreshAsync(azurite, new ServerSettings { More = receiver.Settings });
        Requirement.Holds(await worker.MeasureAsync(
            "first request, PUT 100 MB, with telemetry", () => worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 3)));
        Requirement.Holds(await worker.MeasureAsync(
            "second request, PUT 100 MB, with telemetry", () => worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 4)));
        Assert.NotEmpty(receiver.Spans);
    }
}
