using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Reports offsets after a second; over TLS too.</summary>
public sealed class ProgressServer(AzuriteFixture azurite) : HttpsServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> MoreSettings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Resumable:ProgressInterval"] = "00:00:01",
        ["Sluice:Blob:BlockBytes"] = "65536",
    };
}
