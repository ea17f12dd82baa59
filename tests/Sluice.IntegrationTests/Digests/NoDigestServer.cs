using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Digests;

/// <summary>Nothing is computed that nobody asked for.</summary>
public sealed class NoDigestServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Digests:Compute"] = "None",
    };
}
