using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Storage that is there, and does nothing.</summary>
public sealed class StorageStallTests(StorageStallTests.Fixture sluice) : IClassFixture<StorageStallTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageOperation.PutBlock, "transfer")]
    [InlineData(StorageOperation.PutBlob, "seal")]
    [InlineData(StorageOperation.PutBlockList, "seal")]
    public async Task Storage_that_takes_a_request_and_never_answers_is_a_504(StorageOperation operation, string phase) =>
        await AssertStalledAsync(operation, StorageFaults.Stall, phase);

    [Theory]
    [InlineData(StorageOperation.PutBlock, "transfer")]
    [InlineData(StorageOperation.PutBlob, "seal")]
    public async Task Storage_that_stops_reading_is_a_504(StorageOperation operation, string phase) =>
        await AssertStalledAsync(operation, StorageFaults.StopReading, phase);

    [Fact]
    public async Task A_condition_that_storage_does_not_answer_is_a_504_before_the_body()
    {
        sluice.Storage.Fail(StorageOperation.GetProperties, "condition", StorageFaults.Stall);
        using var client = await sluice.ConnectAsync();
        await client.SendHeadAsync(
            sluice.PathOf("condition"), [Framing.Length.Header(5), "If-None-Match: *", "Expect: 100-continue"], Cancelled);
        Assert.Equal("504 storage-stalled", (await client.ReadAsync(Cancelled)).Problem);
    }

    [Theory]
    [InlineData(StorageOperation.GetProperties)]
    [InlineData(StorageOperation.GetBlob)]
    public async Task A_read_that_storage_does_not_answer_is_a_504(StorageOperation operation)
    {
        var blob = $"read-{operation}";
        await sluice.SeedAsync(blob);
        sluice.Storage.Fail(operation, blob, StorageFaults.Stall);
        Assert.Equal("504 storage-stalled", (await sluice.GetAsync(blob, part: operation == StorageOperation.GetProperties)).Problem);
    }

    [Fact]
    public async Task A_download_goes_on_where_storage_stalled()
    {
        var body = TestBody.Of(3 * TestBody.Mib);
        await sluice.Container.GetBlobClient("download").UploadAsync(BinaryData.FromBytes(body), Cancelled);
        sluice.Storage.Fail(StorageOperation.GetBlob, "download", StorageFaults.StallAnswerAfter(TestBody.Mib), times: 1);
        using var response = await sluice.Client.GetAsync(new Uri(sluice.PathOf("download"), UriKind.Relative), Cancelled);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    private async Task AssertStalledAsync(StorageOperation operation, StorageFault fault, string phase)
    {
        var blob = $"stalled-{Guid.NewGuid():N}";
        var before = await sluice.SeedAsync(blob);
        var stalled = sluice.Storage.Fail(operation, blob, fault);

        var answer = await sluice.PutAsync(blob, TestBody.Of(operation == StorageOperation.PutBlob ? TestBody.Mib : TestBody.Mib * 3 / 2));

        Assert.Equal($"504 storage-stalled {phase} storage", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.True(stalled.Failed >= 2, "There is one retry.");
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        // Whatever else it is asked meanwhile, storage answers sooner, however busy the machine is.
        ("Sluice:Blob:StallTimeout", "00:00:06"),
        ("Sluice:Blob:MaxRetries", "1"),
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"));
}
