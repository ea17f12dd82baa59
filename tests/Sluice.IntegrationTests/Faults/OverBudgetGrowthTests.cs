using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// A body of unknown length whose last blocks have to be large, and no memory for that: of sixteen segments fifteen are on their way to storage, which takes its
/// time. Five blocks of the sixteenth upload were small and are stored; if the others were small too, it would not get far.
/// </summary>
public sealed class OverBudgetGrowthTests(OverBudgetGrowthTests.Fixture sluice) : IClassFixture<OverBudgetGrowthTests.Fixture>
{
    private const int BlockBytes = 64 * 1024;
    private const int Others = 15;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_cannot_grow_is_told_to_come_again()
    {
        using var others = await HoldAsync("told");
        using var growing = await GrowAsync("told");
        var answer = await growing.ReadAsync(Cancelled);
        Assert.Equal("503 over-budget transfer", $"{answer.Problem} {answer.Text("phase")}");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_body_waits_to_grow_is_a_client_that_left()
    {
        using var others = await HoldAsync("left");
        using (var growing = await GrowAsync("left"))
        {
            Assert.True(await growing.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
            growing.Reset();
        }
        Assert.StartsWith("client-gone: left was left in Transfer", await sluice.OutcomeAsync("left"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_waits_to_grow_goes_on_when_others_are_done()
    {
        using var others = await HoldAsync("grown");
        using var growing = await GrowAsync("grown");
        Assert.True(await growing.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
        others.Dispose();
        await growing.SendChunkAsync(default, Cancelled);
        await sluice.AssertStoredAsync("grown", _body, await growing.ReadAsync(Cancelled));
    }

    // Not so much that the server's buffer is full: then it does not listen, and does not hear a client leave.
    private static readonly byte[] _body = TestBody.Of((5 * BlockBytes) + 1000);

    private async Task<RawClient> GrowAsync(string blob)
    {
        var client = await sluice.BeginAsync(blob, Framing.Chunked.Header(0));
        await client.SendChunkAsync(_body, Cancelled);
        await sluice.UntilAskedAsync(StorageOperation.PutBlock, blob, 5);
        return client;
    }

    private async Task<Held> HoldAsync(string blob)
    {
        var others = new Held();
        foreach (var other in Enumerable.Range(0, Others).Select(at => $"{blob}-other-{at}"))
        {
            sluice.Storage.Fail(StorageOperation.PutBlock, other, StorageFaults.Hold(others.Released));
            var client = await sluice.BeginAsync(other, Framing.Chunked.Header(0));
            others.Add(client);
            await client.SendChunkAsync(TestBody.Of(BlockBytes), Cancelled);
        }
        return others;
    }

    /// <summary>Clients whose blocks storage does not take for now.</summary>
    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<RawClient> _clients = [];

        public Task Released => _released.Task;

        public void Add(RawClient client) => _clients.Add(client);

        public void Dispose()
        {
            _released.TrySetResult();
            _clients.ForEach(static client => client.Dispose());
        }
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Blob:BlockBytes", $"{BlockBytes}"),
        ("Sluice:Blob:MaxBlocks", "7"),
        ("Sluice:Memory:BudgetBytes", $"{16 * BlockBytes}"),
        ("Sluice:Memory:MinBytesPerSecond", "0"),
        ("Sluice:Memory:WaitTimeout", "00:00:02"));
}
