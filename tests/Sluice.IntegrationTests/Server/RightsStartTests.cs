using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Server;

/// <summary>Rights that are wrong end the start: what is left of them could allow more than was meant.</summary>
public sealed class RightsStartTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("Sluice:Rights:0:Name", null)]
    [InlineData("Sluice:Rights:0:Callers", null)]
    [InlineData("Sluice:Rights:0:Operations", null)]
    [InlineData("Sluice:Rights:0:Containers", null)]
    [InlineData("Sluice:Rights:0:Targets", null)]
    [InlineData("Sluice:Rights:1:Name", "some")]
    [InlineData("Sluice:Rights:0:Operations:0", "Rite")]
    [InlineData("Sluice:Rights:0:Callers:Kinds:0", "Tokens")]
    [InlineData("Sluice:Rights:0:Callers:Role", "a")]
    [InlineData("Sluice:Rights:0:Containers:0", "elsewhere")]
    [InlineData("Sluice:Rights:0:Targets:0", "nowhere")]
    [InlineData("Sluice:Rights:0:Prefix", "/a")]
    [InlineData("Sluice:Rights:0:Prefix", "a//b")]
    [InlineData("Sluice:Rights:0:Prefix", "a/../b")]
    [InlineData("Sluice:Rights:0:Prefix", "a./b")]
    [InlineData("Sluice:Rights:0:Prefix", "{caller:id")]
    [InlineData("Sluice:Rights:0:Prefix", "{caller:name}")]
    [InlineData("Sluice:Rights:0:Prefix", "{path}")]
    [InlineData("Sluice:Rights:0:Prefix", "{caller:id}{claim:tid}")]
    [InlineData("Sluice:Rights:0:MaxBytes", "-1")]
    [InlineData("Sluice:Rights:0:MaxBytes", "much")]
    [InlineData("Sluice:Rights:0:MediaTypes:Allow:0", "image")]
    [InlineData("Sluice:Rights:0:BytesPerDay", "100")]
    [InlineData("Sluice:Rights:0:BytesPerWeek", "100")]
    [InlineData("Sluice:Blob:QuotaContainer", "rights")]
    [InlineData("Sluice:Blob:QuotaContainer", "Not A Container")]
    [InlineData("Sluice:Callers:AppServicePrincipal", "true")]
    [InlineData("Sluice:Callers:IdClaim", "")]
    public async Task A_setting_that_is_wrong_is_named(string key, string? value)
    {
        var settings = new Dictionary<string, string>
        {
            ["Sluice:Rights:0:Name"] = "some",
            ["Sluice:Rights:0:Callers:Kinds:0"] = "Anonymous",
            ["Sluice:Rights:0:Operations:0"] = "Write",
            ["Sluice:Rights:0:Operations:1"] = "Relay",
            ["Sluice:Rights:0:Containers:0"] = "rights",
            ["Sluice:Rights:0:Targets:0"] = "*",
        };
        foreach (var known in settings.Keys.Where(known => value is null && known.StartsWith(key, StringComparison.Ordinal)).ToList())
            settings.Remove(known);
        if (value is not null)
            settings[key] = value;

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartAsync(
                new ServerSettings { ConnectionString = azurite.ConnectionString, Containers = ["rights"], More = settings },
                TestContext.Current.CancellationToken);
        });
        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }
}
