using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A body of unknown length that has to grow, and no memory for that in time.</summary>
public sealed class OverBudgetGrowthRefusalTests(OverBudgetGrowthRefusalTests.Fixture sluice)
    : IClassFixture<OverBudgetGrowthRefusalTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_cannot_grow_is_told_to_come_again()
    {
        using var others = await sluice.HoldAsync("told");
        using var growing = await sluice.GrowAsync("told");
        var answer = await growing.ReadAsync(Cancelled);
        Assert.Equal("503 over-budget transfer", $"{answer.Problem} {answer.Text("phase")}");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    public sealed class Fixture(AzuriteFixture azurite) : OverBudgetGrowthFixture(azurite, TimeSpan.FromSeconds(2));
}
