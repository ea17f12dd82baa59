using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// A body of unknown length whose last blocks have to be large, and no memory for that: of sixteen segments fifteen are on their way to
/// storage, which takes its time. Five blocks of the sixteenth upload were small and are stored;
/// if the others were small too, it would not get far.
/// </summary>
public abstract class OverBudgetGrowthFixture(AzuriteFixture azurite, TimeSpan wait) : SluiceFixture(
    azurite,
    ("Sluice:Blob:BlockBytes", $"{BlockBytes}"),
    ("Sluice:Blob:MaxBlocks", "7"),
    ("Sluice:Memory:BudgetBytes", $"{16 * BlockBytes}"),
    ("Sluice:Memory:MinBytesPerSecond", "0"),
    ("Sluice:Memory:WaitTimeout", $"{wait:c}"))
{
    private const int BlockBytes = 64 * 1024;
    private const int Others = 15;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Not so much that the server's buffer is full: then it does not listen, and does not hear a client leave.
    internal static byte[] Body { get; } = TestBody.Of((5 * BlockBytes) + 1000);

    internal async Task<RawClient> GrowAsync(string blob)
    {
        var client = await BeginAsync(blob, Framing.Chunked.Header(0));
        await client.SendChunkAsync(Body, Cancelled);
        await UntilAskedAsync(StorageOperation.PutBlock, blob, 5);
        return client;
    }

    internal async Task<IDisposable> HoldAsync(string blob)
    {
        var others = new Held();
        foreach (var other in Enumerable.Range(0, Others).Select(at => $"{blob}-other-{at}"))
        {
            Storage.Fail(StorageOperation.PutBlock, other, StorageFaults.Hold(others.Released));
            var client = await BeginAsync(other, Framing.Chunked.Header(0));
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
}
