using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Rights;

/// <summary>The same, but there is no container to count in.</summary>
public sealed class UncountedServer(AzuriteFixture azurite) : RightsServer(azurite)
{
    protected override string QuotaContainer => "missing-container";
}
