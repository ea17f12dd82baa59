using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Server;

/// <summary>Takes uploads from the pages of another site, with a key; over TLS too.</summary>
public sealed class UploaderServer(AzuriteFixture azurite) : HttpsServer(azurite)
{
    internal const string Key = "the-key";

    private ScriptedService? _site;

    /// <summary>The other site.</summary>
    internal string Origin => _site!.Address().GetLeftPart(UriPartial.Authority);

    protected override IReadOnlyDictionary<string, string> MoreSettings => new Dictionary<string, string>
    {
        ["Sluice:Server:Keys:0"] = Key,
        ["Sluice:Cors:Blobs:0"] = Origin,
        ["Sluice:Resumable:AllowedOrigins:0"] = Origin,
    };

    protected override async Task PrepareAsync() => _site = await ScriptedService.StartAsync();

    protected override async ValueTask CleanUpAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
        await base.CleanUpAsync();
    }
}
