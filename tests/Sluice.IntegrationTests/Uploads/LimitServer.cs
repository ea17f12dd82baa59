using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>Takes bodies of at most 200,000 bytes, in blocks of 64 KiB.</summary>
public sealed class LimitServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    public const int MaxBytes = 200_000;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Body:MaxBytes"] = $"{MaxBytes}",
        ["Sluice:Blob:BlockBytes"] = "65536",
    };
}
