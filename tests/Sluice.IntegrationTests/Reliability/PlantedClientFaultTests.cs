using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reliability.ClientFaults;
using Sluice.IntegrationTests.Reliability.Ways;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>The campaign of client faults sees what it is for: a server that breaks its promises does not pass.</summary>
public sealed class PlantedClientFaultTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_server_that_stores_a_cut_body_as_whole_does_not_pass()
    {
        await using var world = await WrongWorld.StartAsync(azurite);
        var way = new PutWay("PUT", 1_000, 100_000);
        await way.RunAsync(new Run(world, way.Name, 0, Campaign.Seed));

        var violation = await Assert.ThrowsAsync<Violation>(() => RunAsync(world, way, 1, ClientFaultKind.BadChunk));

        Assert.Contains("201 of a request that was not whole", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_reports_an_offset_too_early_does_not_pass()
    {
        await using var world = await WrongWorld.StartAsync(azurite);
        var way = new ResumableWay(http: false, first: false, checks: false);
        await way.RunAsync(new Run(world, way.Name, 1, Campaign.Seed));

        // The first append; of its answer nothing is seen.
        var violation = await Assert.ThrowsAsync<Violation>(() => RunAsync(world, way, 1, ClientFaultKind.Fin));

        Assert.Contains("its blob is another", violation.Message, StringComparison.Ordinal);
    }

    // Until there is a request with a body to break: an upload may be empty.
    private static async Task RunAsync(WrongWorld world, Way way, int number, ClientFaultKind kind)
    {
        for (var met = false; !met; number++)
        {
            var plan = new ClientFaultPlan(ClientFaultKinds.Rule(kind, http: 1), 0, Campaign.RandomFor(number, "planted"));
            using var run = new Run(world, way.Name, number, Campaign.Seed) { ClientFault = plan };
            await way.RunAsync(run);
            met = plan.Fault is not null;
        }
    }
}
