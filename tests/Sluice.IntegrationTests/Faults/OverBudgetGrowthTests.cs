using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A body of unknown length that has to grow, and no memory for that yet.</summary>
public sealed class OverBudgetGrowthTests(OverBudgetGrowthTests.Fixture sluice) : IClassFixture<OverBudgetGrowthTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_leaves_while_its_body_waits_to_grow_is_a_client_that_left()
    {
        using var others = await sluice.HoldAsync("left");
        using (var growing = await sluice.GrowAsync("left"))
        {
            Assert.True(await growing.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
            growing.Reset();
        }
        Assert.StartsWith("client-gone: left was abandoned in Transfer", await sluice.OutcomeAsync("left"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_waits_to_grow_goes_on_when_others_are_done()
    {
        using var others = await sluice.HoldAsync("grown");
        using var growing = await sluice.GrowAsync("grown");
        Assert.True(await growing.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
        others.Dispose();
        await growing.SendChunkAsync(default, Cancelled);
        await sluice.AssertStoredAsync("grown", OverBudgetGrowthFixture.Body, await growing.ReadAsync(Cancelled));
    }

    public sealed class Fixture(AzuriteFixture azurite) : OverBudgetGrowthFixture(azurite, SluiceFixture.Patience);
}
