using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Clients that stay on the line, and send what is no body.</summary>
public sealed class ClientFramingTests(ClientFramingTests.Fixture sluice) : IClassFixture<ClientFramingTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ZZ\r\n")]
    [InlineData("-5\r\nhello\r\n")]
    [InlineData("5\r\nhello, and on without an end of line")]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("\r\n")]
    public async Task A_chunk_that_breaks_the_rules_is_refused_whether_it_comes_first_or_late(string chunk)
    {
        using (var client = await sluice.BeginAsync("first", Framing.Chunked.Header(0)))
        {
            await client.SendAsync($"5\r\nfirst\r\n{chunk}", Cancelled);
            Assert.Equal("400 body-truncated", (await client.ReadAsync(Cancelled)).Problem);
        }

        var (blob, before) = ("late", await sluice.SeedAsync("late"));
        using (var client = await sluice.BeginAsync(blob, Framing.Chunked.Header(0)))
        {
            var blocks = sluice.Storage.Count(StorageOperation.PutBlock, blob);
            await client.SendChunkAsync(TestBody.Of(TestBody.Mib * 3 / 2), Cancelled);
            await sluice.UntilAskedAsync(StorageOperation.PutBlock, blob, blocks + 1);
            await client.SendAsync(chunk, Cancelled);
            var answer = await client.ReadAsync(Cancelled);
            Assert.Equal("400 body-truncated transfer client", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        }

        Assert.Equal("nothing", await sluice.VisibleAsync("first"));
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite, ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"));
}
