using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.PeekRoute;

/// <summary>Looks at 1,024 bytes and takes bodies of at most 1 GB: up to 100 blocks of 1 MiB, and larger ones through.</summary>
public sealed class PeekServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    public const int WindowBytes = 1024;
    public const int BlockBytes = 1024 * 1024;
    public const int MaxBytes = 1_000_000_000;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Peek:WindowBytes"] = $"{WindowBytes}",
        ["Sluice:Blob:BlockBytes"] = $"{BlockBytes}",
        ["Sluice:Blob:MaxBlocks"] = "100",
        ["Sluice:Memory:BudgetBytes"] = $"{8 * BlockBytes}",
        ["Sluice:Body:MaxBytes"] = $"{MaxBytes}",
    };
}
