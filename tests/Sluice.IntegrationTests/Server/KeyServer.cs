using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Server;

/// <summary>Has two keys.</summary>
public sealed class KeyServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Server:Keys:0"] = "first-key",
        ["Sluice:Server:Keys:1"] = "sécond +/=key",
    };
}
