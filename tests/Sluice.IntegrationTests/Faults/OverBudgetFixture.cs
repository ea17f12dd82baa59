using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A server with memory for two blocks, and a client that has both on their way to storage until it may finish.</summary>
public abstract class OverBudgetFixture(AzuriteFixture azurite, TimeSpan wait) : SluiceFixture(
    azurite, ("Sluice:Memory:BudgetBytes", $"{TestBody.Mib}"), ("Sluice:Blob:BlockBytes", $"{BlockBytes}"),
    ("Sluice:Memory:WaitTimeout", $"{wait:c}"))
{
    internal const int BlockBytes = TestBody.Mib / 2;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static byte[] HeldBody { get; } = TestBody.Of(TestBody.Mib);

    internal async Task<(RawClient Client, TaskCompletionSource Release)> HoldAsync(string blob)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Storage.Fail(StorageOperation.PutBlock, blob, StorageFaults.Hold(release.Task));
        var client = await BeginAsync(blob, Framing.Chunked.Header(0));
        await client.SendChunkAsync(HeldBody, Cancelled);
        await UntilAskedAsync(StorageOperation.PutBlock, blob, HeldBody.Length / BlockBytes);
        return (client, release);
    }

    internal async Task FinishAsync(RawClient holder, TaskCompletionSource release, string blob)
    {
        release.SetResult();
        await holder.SendChunkAsync(default, Cancelled);
        await AssertStoredAsync(blob, HeldBody, await holder.ReadAsync(Cancelled));
        holder.Dispose();
    }
}
