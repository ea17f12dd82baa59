using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>Blocks of 256 KiB: several of them are still a small body.</summary>
public sealed class UploadServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    public const int BlockBytes = 256 * 1024;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Blob:BlockBytes"] = $"{BlockBytes}",
    };
}
