using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;
using Framing = Sluice.IntegrationTests.Memory.Framing;

namespace Sluice.IntegrationTests.Worker;

/// <summary>
/// The warm-up goes through a worker. One that went another way, or failed, would only cost memory, which nothing else would show.
/// </summary>
[Collection(QuietTests.Name)]
public sealed class WorkerWarmUpTests(AzuriteFixture azurite)
{
    // With the way to a function warmed up 0.1 to 0.9 MiB, without it 3.9 to 4.6.
    private const long OwnWayBytes = 7 << 19;

    [Fact]
    public async Task A_worker_that_does_everything_warms_up_everything_and_its_first_100_MB_cost_little()
    {
        await using var worker = await HostedWorker.StartAsync(azurite, new Dictionary<string, string>
        {
            ["Sluice:Relay:Targets:service:Address"] = "http://127.0.0.1:1",
            ["Sluice:Routes:0:Name"] = "relay",
            ["Sluice:Routes:0:Relay:Target"] = "service",
            ["Sluice:Hooks:Sources:hook:Scheme"] = "github",
            ["Sluice:Hooks:Sources:hook:Secrets:0"] = "It's a Secret to Everybody",
            ["Sluice:Hooks:Sources:hook:Relay:Target"] = "service",
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
        }, isMeasured: true);
        await using var probe = await MemoryProbe.StartAsync(worker.Host.WorkerProcessId, TestContext.Current.CancellationToken);
        await worker.PutAsync("first", Requirement.BodyBytes, Framing.Chunked, seed: 14);
        var reading = await probe.StopAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"first request of a worker that does everything, PUT 100 MB, Chunked: {reading}");
        Assert.InRange(reading.DeltaBytes, 0, OwnWayBytes);
        Assert.DoesNotContain(
            worker.Host.Logs.Concat(worker.Host.DroppedLogs),
            static line => line.Message.Contains("warm-up failed", StringComparison.Ordinal));
    }
}
