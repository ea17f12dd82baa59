using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Bodies of unknown length, whose blocks grow as they go on, and no memory for that: sixteen blocks of 64 KiB, fifteen of them held by
/// others. The first block of the sixteenth upload is on its way; the second would be twice as large.
/// </summary>
public sealed class OverBudgetGrowthTests(OverBudgetGrowthTests.Fixture sluice) : IClassFixture<OverBudgetGrowthTests.Fixture>
{
    private const int BlockBytes = 64 * 1024;
    private const int Others = 15;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_cannot_grow_is_told_to_come_again()
    {
        var others = await HoldAsync("told");
        using var growing = await GrowAsync("told");
        var answer = await growing.ReadAsync(Cancelled);
        Assert.Equal("503 over-budget transfer", $"{answer.Problem} {answer.Text("phase")}");
        Assert.NotNull(answer.Header("Retry-After"));
        others.ForEach(static other => other.Dispose());
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_body_waits_to_grow_is_a_client_that_left()
    {
        var others = await HoldAsync("left");
        using (var growing = await GrowAsync("left"))
        {
            Assert.True(await growing.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
            growing.Reset();
        }
        Assert.StartsWith("client-gone: left was left in Transfer", await sluice.OutcomeAsync("left"), StringComparison.Ordinal);
        others.ForEach(static other => other.Dispose());
    }

    [Fact]
    public async Task A_body_that_waits_to_grow_goes_on_when_others_are_done()
    {
        var others = await HoldAsync("grown");
        using var growing = await GrowAsync("grown");
        Assert.True(await growing.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
        others.ForEach(static other => other.Dispose());
        await growing.SendChunkAsync(default, Cancelled);
        await sluice.AssertStoredAsync("grown", _body, await growing.ReadAsync(Cancelled));
    }

    // Not so much that the server's buffer is full: then it does not listen, and does not hear a client leave.
    private static readonly byte[] _body = TestBody.Of(BlockBytes + 1000);

    private async Task<RawClient> GrowAsync(string blob)
    {
        var client = await sluice.BeginAsync(blob, Framing.Chunked.Header(0));
        await client.SendChunkAsync(_body, Cancelled);
        await sluice.UntilAskedAsync(StorageOperation.PutBlock, blob);
        return client;
    }

    private async Task<List<RawClient>> HoldAsync(string blob)
    {
        var others = new List<RawClient>();
        while (others.Count < Others)
            others.Add(await sluice.BeginAsync($"{blob}-other-{others.Count}", Framing.Chunked.Header(0)));
        return others;
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Blob:BlockBytes", $"{BlockBytes}"),
        ("Sluice:Blob:MaxBlocks", "7"),
        ("Sluice:Memory:BudgetBytes", $"{16 * BlockBytes}"),
        ("Sluice:Memory:WaitTimeout", "00:00:02"));
}
