using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A commit that storage carried out, and whose answer never came: Sluice asks for the blob.</summary>
public sealed class LostCommitTests(LostCommitTests.Fixture sluice) : IClassFixture<LostCommitTests.Fixture>
{
    [Theory]
    [InlineData(StorageOperation.PutBlob, 1000)]
    [InlineData(StorageOperation.PutBlockList, TestBody.Mib + 1)]
    public async Task A_commit_that_was_carried_out_and_never_answered_is_recognised(StorageOperation operation, int bytes)
    {
        var (blob, body) = ($"kept-{operation}", TestBody.Of(bytes));
        sluice.Storage.Fail(operation, blob, StorageFaults.KeepAnswer);
        await sluice.AssertStoredAsync(blob, body, await sluice.PutAsync(blob, body));
    }

    // What it asks then has the same time-out, and a busy machine takes seconds for it.
    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite, ("Sluice:Blob:StallTimeout", "00:00:12"), ("Sluice:Blob:MaxRetries", "0"));
}
