using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Server;

/// <summary>Has two keys, and pages of another site that may call some of its routes.</summary>
public sealed class KeyServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private ScriptedService? _site;

    /// <summary>The other site, which may store and read blobs.</summary>
    internal string Origin => _site!.Address().GetLeftPart(UriPartial.Authority);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Server:Keys:0"] = "first-key",
        ["Sluice:Server:Keys:1"] = "sécond +/=key",
        ["Sluice:Blob:AllowDelete"] = "true",
        ["Sluice:Cors:Blobs:0"] = Origin,
        ["Sluice:Cors:Ingest:0"] = "*",
    };

    protected override async Task PrepareAsync() => _site = await ScriptedService.StartAsync();

    protected override ValueTask CleanUpAsync() => _site?.DisposeAsync() ?? default;
}
