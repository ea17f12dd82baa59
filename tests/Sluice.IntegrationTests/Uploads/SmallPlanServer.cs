using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>
/// Four blocks have to do, and memory for four blocks of 1 MiB, of which one upload may hold one: 40 MB pass through, and a body of
/// unknown length grows its blocks from 64 KiB.
/// </summary>
public sealed class SmallPlanServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Blob:BlockBytes"] = "65536",
        ["Sluice:Blob:MaxBlocks"] = "4",
        ["Sluice:Memory:BudgetBytes"] = "4194304",
    };
}
