using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Bodies whose blocks are larger than the memory for bodies: 4 blocks of 10 MiB with a budget of 4 MiB. Nothing can be sent twice.
/// </summary>
public sealed class PassThroughTests(PassThroughTests.Fixture sluice) : IClassFixture<PassThroughTests.Fixture>
{
    private const int BodyBytes = 40_000_000;

    private static readonly byte[] _body = TestBody.Of(BodyBytes);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_whose_blocks_cannot_be_held_passes_through()
    {
        var answer = await sluice.PutAsync("whole", _body);
        await sluice.AssertStoredAsync("whole", _body, answer);
        Assert.Equal("4", answer.Text("blocks"));
    }

    [Fact]
    public async Task A_block_that_is_refused_is_a_5xx_and_nothing_is_visible()
    {
        Assert.Equal("503 storage-throttled", (await FailAsync(StorageFaults.Answer(503, "ServerBusy", 7), 1)).Problem);
        Assert.Equal("502 storage-denied", (await FailAsync(StorageFaults.Answer(403, "AuthorizationFailure"), 1)).Problem);
        Assert.Equal("502 storage-unreachable", (await FailAsync(StorageFaults.CutAfter(TestBody.Mib), 1)).Problem);
    }

    [Fact]
    public async Task A_bit_that_flips_on_the_way_never_becomes_visible()
    {
        var answer = await FailAsync(StorageFaults.FlipBitAt(5 * TestBody.Mib), 2);
        Assert.InRange(answer.Status, 500, 599);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(BodyBytes / 2)]
    [InlineData(BodyBytes - 1)]
    public async Task A_client_that_dies_leaves_nothing(int sent)
    {
        var blob = $"dead-{sent}";
        var before = await sluice.SeedAsync(blob);
        using (var client = await sluice.BeginAsync(blob, Framing.Length.Header(BodyBytes)))
        {
            await client.SendAsync(_body.AsMemory(0, sent), Cancelled);
            await sluice.UntilAskedAsync(StorageOperation.PutBlock, blob);
            client.Reset();
        }
        Assert.StartsWith($"client-gone: {blob} was abandoned in Transfer", await sluice.OutcomeAsync(blob), StringComparison.Ordinal);
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    private async Task<Answer> FailAsync(StorageFault fault, int block)
    {
        var blob = $"blob-{Guid.NewGuid():N}";
        var before = await sluice.SeedAsync(blob);
        var rule = sluice.Storage.Fail(StorageOperation.PutBlock, blob, fault, after: block, times: 1);
        var answer = await sluice.PutAsync(blob, _body);
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        Assert.Equal(1, rule.Failed);
        await sluice.AssertHealthyAsync();
        return answer;
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Blob:MaxBlocks", "4"),
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"));
}
