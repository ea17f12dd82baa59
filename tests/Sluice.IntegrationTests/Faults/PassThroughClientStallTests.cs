using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Clients that stop sending a body that passes through, on a server whose patience is short: no other test has to keep to it.
/// </summary>
public sealed class PassThroughClientStallTests(PassThroughClientStallTests.Fixture sluice)
    : IClassFixture<PassThroughClientStallTests.Fixture>
{
    private const int BodyBytes = 40_000_000;

    private static readonly byte[] _body = TestBody.Of(BodyBytes);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100_000)]
    [InlineData(BodyBytes - 1)]
    public async Task A_client_that_stalls_is_a_408(int sent)
    {
        var blob = $"stalled-{sent}";
        var before = await sluice.SeedAsync(blob);
        using var client = await sluice.BeginAsync(blob, Framing.Length.Header(BodyBytes));
        await client.SendAsync(_body.AsMemory(0, sent), Cancelled);
        var answer = await client.ReadAsync(Cancelled);
        Assert.Equal("408 client-stalled transfer client", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Blob:MaxBlocks", "4"),
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"),
        ("Sluice:Body:IdleTimeout", "00:00:03"),
        ("Sluice:Body:DrainTimeout", "00:00:03"));
}
