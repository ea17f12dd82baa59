using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reads;

/// <summary>The same for somebody who serves a site on purpose.</summary>
public sealed class SiteServer(AzuriteFixture azurite) : ScriptServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
    {
        ["Sluice:Read:ServeActiveContent"] = "true",
        ["Sluice:Read:ResourcePolicy"] = "SameSite",
    };
}
