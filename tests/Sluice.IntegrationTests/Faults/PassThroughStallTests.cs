using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Who is blamed when a block that streams through stops moving.</summary>
public sealed class PassThroughStallTests(PassThroughStallTests.Fixture sluice) : IClassFixture<PassThroughStallTests.Fixture>
{
    // As long as storage may take on a busy machine, and no longer than a test may.
    private static readonly TimeSpan _stallTimeout = TimeSpan.FromSeconds(12);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Storage_that_stalls_is_a_504(bool takesTheBlock)
    {
        var blob = $"stalled-{takesTheBlock}";
        var before = await sluice.SeedAsync(blob);
        sluice.Storage.Fail(
            StorageOperation.PutBlock, blob, takesTheBlock ? StorageFaults.Stall : StorageFaults.StopReading, after: 1, times: 1);
        var answer = await sluice.PutAsync(blob, TestBody.Of(40_000_000));
        Assert.Equal("504 storage-stalled transfer storage", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_client_that_pauses_for_longer_than_storage_may_is_not_blamed_on_storage()
    {
        // Three blocks of 2 MiB, with a pause in the first and one in the second.
        var body = TestBody.Of(5 * TestBody.Mib);
        using var client = await sluice.BeginAsync("slow", Framing.Length.Header(body.Length));
        using var pace = new PeriodicTimer(1.2 * _stallTimeout);
        await client.SendAsync(body.AsMemory(0, TestBody.Mib), Cancelled);
        await pace.WaitForNextTickAsync(Cancelled);
        await client.SendAsync(body.AsMemory(TestBody.Mib, 2 * TestBody.Mib), Cancelled);
        await pace.WaitForNextTickAsync(Cancelled);
        await client.SendAsync(body.AsMemory(3 * TestBody.Mib), Cancelled);
        await sluice.AssertStoredAsync("slow", body, await client.ReadAsync(Cancelled));
        Assert.Equal(3, sluice.Storage.Count(StorageOperation.PutBlock, "slow"));
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Blob:MaxBlocks", "4"),
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"),
        ("Sluice:Blob:StallTimeout", $"{_stallTimeout:c}"));
}
