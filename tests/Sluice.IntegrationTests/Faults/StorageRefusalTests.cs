using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Storage that answers, and says no.</summary>
public sealed class StorageRefusalTests(StorageRefusalTests.Fixture sluice) : IClassFixture<StorageRefusalTests.Fixture>
{
    private const int Retries = 1;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageOperation.PutBlock, 503, "ServerBusy", 1)]
    [InlineData(StorageOperation.PutBlock, 500, "OperationTimedOut", null)]
    [InlineData(StorageOperation.PutBlock, 429, "TooManyRequests", null)]
    [InlineData(StorageOperation.PutBlockList, 503, "ServerBusy", 1)]
    [InlineData(StorageOperation.PutBlockList, 500, "InternalError", null)]
    [InlineData(StorageOperation.PutBlob, 503, "ServerBusy", null)]
    [InlineData(StorageOperation.PutBlob, 500, "OperationTimedOut", null)]
    public async Task Busy_for_a_moment_is_not_noticed(StorageOperation operation, int status, string code, int? retryAfterSeconds)
    {
        var (blob, body) = (Name(), BodyFor(operation));
        var busy = sluice.Storage.Fail(operation, blob, StorageFaults.Answer(status, code, retryAfterSeconds), times: Retries);
        await sluice.AssertStoredAsync(blob, body, await sluice.PutAsync(blob, body));
        Assert.Equal(Retries, busy.Failed);
    }

    [Theory]
    [InlineData(StorageOperation.PutBlock, 503, "ServerBusy", 1, "1")]
    [InlineData(StorageOperation.PutBlob, 503, "ServerBusy", null, "5")]
    [InlineData(StorageOperation.PutBlockList, 503, "ServerBusy", null, "5")]
    [InlineData(StorageOperation.PutBlock, 500, "OperationTimedOut", null, "5")]
    [InlineData(StorageOperation.PutBlob, 429, "TooManyRequests", null, "5")]
    public async Task Busy_for_good_is_503_and_when_to_come_again(
        StorageOperation operation, int status, string code, int? retryAfterSeconds, string retryAfter)
    {
        var (answer, failed) = await FailAsync(operation, status, code, retryAfterSeconds);
        Assert.Equal("503 storage-throttled", answer.Problem);
        Assert.Equal(retryAfter, answer.Header("Retry-After"));
        Assert.Equal(code, answer.Text("storageErrorCode"));
        Assert.True(failed > Retries);
    }

    [Theory]
    [InlineData(StorageOperation.PutBlock, 403, "AuthorizationFailure", "502 storage-denied")]
    [InlineData(StorageOperation.PutBlob, 403, "AuthorizationPermissionMismatch", "502 storage-denied")]
    [InlineData(StorageOperation.PutBlockList, 401, "NoAuthenticationInformation", "502 storage-denied")]
    [InlineData(StorageOperation.PutBlock, 404, "ContainerNotFound", "502 storage-rejected")]
    [InlineData(StorageOperation.PutBlob, 404, "ContainerNotFound", "502 storage-rejected")]
    [InlineData(StorageOperation.PutBlockList, 404, "ContainerNotFound", "502 storage-rejected")]
    [InlineData(StorageOperation.PutBlock, 400, "InvalidHeaderValue", "502 storage-rejected")]
    [InlineData(StorageOperation.PutBlob, 413, "RequestBodyTooLarge", "502 storage-rejected")]
    [InlineData(StorageOperation.PutBlock, 409, "BlockCountExceedsLimit", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlob, 409, "BlobImmutableDueToPolicy", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlockList, 409, "SnapshotsPresent", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlock, 412, "LeaseIdMissing", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlockList, 412, "LeaseIdMissing", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlock, 400, "InvalidBlobOrBlock", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlockList, 400, "InvalidBlockList", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlockList, 412, "ConditionNotMet", "409 write-conflict")]
    [InlineData(StorageOperation.PutBlob, 409, "BlobAlreadyExists", "409 write-conflict")]
    public async Task A_refusal_is_blamed_on_whom_it_belongs_to_and_not_repeated(
        StorageOperation operation, int status, string code, string problem)
    {
        var (answer, failed) = await FailAsync(operation, status, code);
        Assert.Equal(problem, answer.Problem);
        Assert.Equal(code, answer.Text("storageErrorCode"));
        // Several blocks may have been on their way.
        Assert.InRange(failed, 1, operation == StorageOperation.PutBlock ? 4 : 1);
    }

    [Theory]
    [InlineData(403, "AuthorizationFailure", "502 storage-denied")]
    [InlineData(404, "ContainerNotFound", "502 storage-rejected")]
    [InlineData(503, "ServerBusy", "503 storage-throttled")]
    public async Task A_condition_that_cannot_be_checked_is_a_failure_before_the_body(int status, string code, string problem)
    {
        var blob = Name();
        sluice.Storage.Fail(StorageOperation.GetProperties, blob, StorageFaults.Answer(status, code));
        using var client = await sluice.ConnectAsync();
        await client.SendHeadAsync(sluice.PathOf(blob), [Framing.Length.Header(5), "If-None-Match: *", "Expect: 100-continue"], Cancelled);
        var answer = await client.ReadAsync(Cancelled);
        Assert.Equal($"{problem} admit storage", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
    }

    [Theory]
    [InlineData(StorageOperation.GetProperties, 403, "AuthorizationFailure", "502 storage-denied")]
    [InlineData(StorageOperation.GetProperties, 404, "ContainerNotFound", "502 storage-rejected")]
    [InlineData(StorageOperation.GetProperties, 503, "ServerBusy", "503 storage-throttled")]
    [InlineData(StorageOperation.GetBlob, 403, "AuthorizationFailure", "502 storage-denied")]
    [InlineData(StorageOperation.GetBlob, 503, "ServerBusy", "503 storage-throttled")]
    public async Task A_refusal_to_read_is_a_problem_too(StorageOperation operation, int status, string code, string problem)
    {
        var blob = Name();
        await sluice.SeedAsync(blob);
        sluice.Storage.Fail(operation, blob, StorageFaults.Answer(status, code));
        var answer = await sluice.GetAsync(blob, part: operation == StorageOperation.GetProperties);
        Assert.Equal($"{problem} read storage", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
    }

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.Length)]
    public async Task A_client_in_the_middle_of_its_body_can_send_the_rest_and_sees_what_storage_said(Framing framing)
    {
        var (blob, body) = (Name(), TestBody.Of(8 * TestBody.Mib));
        sluice.Storage.Fail(StorageOperation.PutBlock, blob, StorageFaults.Answer(403, "AuthorizationFailure"));
        using var client = await sluice.BeginAsync(blob, framing.Header(body.Length));
        // The server has one block, and waits for the next when storage refuses the first.
        await framing.SendAsync(client, body.AsMemory(0, TestBody.Mib + 1), Cancelled);
        Assert.StartsWith($"Failed {blob}: StorageDenied in Transfer", await sluice.OutcomeAsync(blob), StringComparison.Ordinal);
        await framing.SendAsync(client, body.AsMemory(TestBody.Mib + 1), Cancelled);
        if (framing == Framing.Chunked)
            await client.SendChunkAsync(default, Cancelled);
        Assert.Equal("502 storage-denied", (await client.ReadAsync(Cancelled)).Problem);
        await sluice.AssertHealthyAsync();
    }

    [Theory]
    [InlineData(StorageOperation.PutBlock)]
    [InlineData(StorageOperation.PutBlob)]
    public async Task A_bit_that_flips_on_the_way_is_found_by_storage(StorageOperation operation)
    {
        var (blob, body) = (Name(), BodyFor(operation));
        var before = await sluice.SeedAsync(blob);
        sluice.Storage.Fail(operation, blob, StorageFaults.FlipBitAt(1234), times: 1);
        var answer = await sluice.PutAsync(blob, body);
        Assert.Equal("502 storage-rejected", answer.Problem);
        Assert.Equal(before, await sluice.VisibleAsync(blob));
    }

    [Fact]
    public async Task A_container_that_is_configured_and_is_not_there_is_our_fault_and_not_the_clients()
    {
        await using var other = new MissingContainer(sluice);
        await other.InitializeAsync();
        foreach (var body in (byte[][])[TestBody.Of(10), TestBody.Of(2 * TestBody.Mib)])
        {
            var answer = await other.PutAsync("x", body);
            Assert.Equal("502 storage-rejected ContainerNotFound", $"{answer.Problem} {answer.Text("storageErrorCode")}");
        }
        Assert.Equal("502 storage-rejected", (await other.GetAsync("x")).Problem);
        Assert.Equal("502 storage-rejected", (await other.PutAsync("x", TestBody.Of(10), ("If-None-Match", "*"))).Problem);
    }

    private static string Name() => $"blob-{Guid.NewGuid():N}";

    // One block takes one Put Blob.
    private static byte[] BodyFor(StorageOperation operation) =>
        TestBody.Of(operation == StorageOperation.PutBlob ? TestBody.Mib / 2 : TestBody.Mib * 7 / 2);

    private async Task<(Answer Answer, int Failed)> FailAsync(
        StorageOperation operation, int status, string code, int? retryAfterSeconds = null)
    {
        var blob = Name();
        var before = await sluice.SeedAsync(blob);
        var rule = sluice.Storage.Fail(operation, blob, StorageFaults.Answer(status, code, retryAfterSeconds));
        var answer = await sluice.PutAsync(blob, BodyFor(operation));
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
        return (answer, rule.Failed);
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite, ("Sluice:Blob:MaxRetries", $"{Retries}"), ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"))
    {
        internal AzuriteFixture Azurite { get; } = azurite;
    }

    private sealed class MissingContainer(Fixture sluice) : SluiceFixture(sluice.Azurite)
    {
        protected override async Task PrepareAsync() => await Container.DeleteAsync(cancellationToken: Cancelled);
    }
}
