using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reliability.Ways;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>The campaigns find what they are for: each of these faults, planted into a small server of its own, is a violation.</summary>
public sealed class PlantedFaultTests(AzuriteFixture azurite)
{
    // Many more than other tests of this process can have closed meanwhile.
    private const int Requests = 600;

    [Fact]
    public async Task A_commit_that_ignores_a_failed_block_is_found()
    {
        await using var world = await PlantedWorld.StartAsync(azurite);

        var violation = await Assert.ThrowsAsync<Violation>(() => RunAsync(
            world, new PutWay("PUT, held", 70_000, 200_000), StorageFaultKind.Error500));

        Assert.Contains("201, and something else is visible", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offset_that_is_reported_before_storage_has_the_bytes_is_found()
    {
        await using var world = await PlantedWorld.StartAsync(azurite);

        var violation = await Assert.ThrowsAsync<Violation>(() => RunAsync(
            world, new ResumableWay(http: false, first: false, checks: false), StorageFaultKind.Denied403));

        Assert.Contains("it is complete, and its blob is another", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_left_open_for_each_request_is_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has open is read from /proc.");
        await using var world = await PlantedWorld.StartAsync(azurite);
        var before = OpenHandles.Of(Environment.ProcessId);
        for (var request = 0; request < Requests; request++)
            (await world.Client.PutAsync(
                new Uri(world.Address, $"/api/blobs/{world.Container.Name}/leak"), new ByteArrayContent([1]), world.Ending)).Dispose();

        Assert.False(OpenHandles.AreBack(before, OpenHandles.Of(Environment.ProcessId)));
    }

    private static async Task RunAsync(PlantedWorld world, Way way, StorageFaultKind kind)
    {
        // A body of no bytes has no block that could fail.
        for (var number = 0; number < 10; number++)
        {
            using var run = new Run(world, way.Name, number, Campaign.Seed);
            world.Plan(new FaultPlan(run, kind, only: null, 0, 1, run.Random));
            await way.RunAsync(run);
        }
    }
}
