using System.Net;
using System.Net.Sockets;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Connections to storage that break, or can't be made.</summary>
public sealed class StorageBrokenWireTests(StorageBrokenWireTests.Fixture sluice) : IClassFixture<StorageBrokenWireTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageOperation.PutBlock)]
    [InlineData(StorageOperation.PutBlob)]
    [InlineData(StorageOperation.PutBlockList)]
    public async Task A_connection_that_breaks_is_not_noticed(StorageOperation operation)
    {
        var (blob, body) = ($"cut-{operation}", BodyFor(operation));
        var cut = sluice.Storage.Fail(operation, blob, StorageFaults.CutAfter(100), times: 1);
        await sluice.AssertStoredAsync(blob, body, await sluice.PutAsync(blob, body));
        Assert.Equal(1, cut.Failed);
    }

    [Theory]
    [InlineData(StorageOperation.PutBlock)]
    [InlineData(StorageOperation.PutBlob)]
    [InlineData(StorageOperation.PutBlockList)]
    public async Task Connections_that_all_break_are_a_502(StorageOperation operation)
    {
        var blob = $"cut-for-good-{operation}";
        var before = await sluice.SeedAsync(blob);
        sluice.Storage.Fail(operation, blob, StorageFaults.CutAfter(100));
        Assert.Equal("502 storage-unreachable", (await sluice.PutAsync(blob, BodyFor(operation))).Problem);
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    [Theory]
    [InlineData(StorageOperation.PutBlockList, "nothing")]
    [InlineData(StorageOperation.PutBlockList, "If-None-Match")]
    [InlineData(StorageOperation.PutBlockList, "If-Match")]
    [InlineData(StorageOperation.PutBlob, "nothing")]
    [InlineData(StorageOperation.PutBlob, "If-None-Match")]
    [InlineData(StorageOperation.PutBlob, "If-Match")]
    public async Task A_commit_whose_answer_is_lost_is_recognised_when_it_meets_itself(StorageOperation operation, string condition)
    {
        var (blob, body) = ($"lost-{operation}-{condition}", BodyFor(operation));
        (string, string)[] headers = condition switch
        {
            "If-None-Match" => [(condition, "*")],
            "If-Match" => [(condition, $"\"{(await sluice.SeedAsync(blob)).Split(' ')[0]}\"")],
            _ => [],
        };
        var lost = sluice.Storage.Fail(operation, blob, StorageFaults.LoseAnswer, times: 1);
        await sluice.AssertStoredAsync(blob, body, await sluice.PutAsync(blob, body, headers));
        Assert.Equal(1, lost.Failed);
    }

    [Theory]
    [InlineData(StorageOperation.PutBlockList)]
    [InlineData(StorageOperation.PutBlob)]
    public async Task A_commit_whose_answers_are_all_lost_is_recognised(StorageOperation operation)
    {
        var (blob, body) = ($"lost-for-good-{operation}", BodyFor(operation));
        sluice.Storage.Fail(operation, blob, StorageFaults.LoseAnswer);
        await sluice.AssertStoredAsync(blob, body, await sluice.PutAsync(blob, body));
    }

    [Fact]
    public async Task A_block_whose_answer_is_lost_is_sent_again()
    {
        var body = TestBody.Of(5 * TestBody.Mib);
        var lost = sluice.Storage.Fail(StorageOperation.PutBlock, "lost-block", StorageFaults.LoseAnswer, after: 1, times: 1);
        await sluice.AssertStoredAsync("lost-block", body, await sluice.PutAsync("lost-block", body));
        Assert.Equal(1, lost.Failed);
    }

    [Fact]
    public async Task A_download_goes_on_where_storage_broke_off()
    {
        var body = TestBody.Of(3 * TestBody.Mib);
        await sluice.Container.GetBlobClient("download").UploadAsync(BinaryData.FromBytes(body), Cancelled);
        sluice.Storage.Fail(StorageOperation.GetBlob, "download", StorageFaults.CutAnswerAfter(TestBody.Mib), times: 1);
        using var response = await sluice.Client.GetAsync(new Uri(sluice.PathOf("download"), UriKind.Relative), Cancelled);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Fact]
    public async Task A_download_that_storage_keeps_breaking_is_a_broken_answer_and_never_a_short_one()
    {
        await sluice.Container.GetBlobClient("broken-download").UploadAsync(BinaryData.FromBytes(TestBody.Of(3 * TestBody.Mib)), Cancelled);
        // In the same place again and again: where every attempt brings some of it, all of it comes in the end.
        sluice.Storage.Fail(StorageOperation.GetBlob, "broken-download", StorageFaults.CutAnswerAfter(TestBody.Mib / 2), times: 1);
        sluice.Storage.Fail(StorageOperation.GetBlob, "broken-download", StorageFaults.CutAnswerAfter(0));
        var uri = new Uri(sluice.PathOf("broken-download"), UriKind.Relative);
        using var response = await sluice.Client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(Cancelled));
        await sluice.AssertHealthyAsync();
    }

    [Fact]
    public async Task Storage_that_is_not_there_is_a_502_for_writes_and_reads()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var settings = new ServerSettings
        {
            ConnectionString = sluice.Storage.ConnectionString.Replace(
                $":{new Uri(sluice.Storage.Address).Port}/", $":{port}/", StringComparison.Ordinal),
            Containers = ["any"],
            More = new Dictionary<string, string> { ["Sluice:Blob:MaxRetries"] = "1" },
        };
        await using var server = await ServerProcess.StartAsync(settings, Cancelled);
        using var client = server.CreateClient();
        foreach (var body in (byte[][])[TestBody.Of(10), TestBody.Of(2 * TestBody.Mib)])
        {
            using var put = await client.PutAsync(new Uri("/api/blobs/any/x", UriKind.Relative), new ByteArrayContent(body), Cancelled);
            Assert.Equal("502 storage-unreachable", (await Answer.OfAsync(put, Cancelled)).Problem);
        }
        using var get = await client.GetAsync(new Uri("/api/blobs/any/x", UriKind.Relative), Cancelled);
        Assert.Equal("502 storage-unreachable", (await Answer.OfAsync(get, Cancelled)).Problem);
    }

    private static byte[] BodyFor(StorageOperation operation) =>
        TestBody.Of(operation == StorageOperation.PutBlob ? TestBody.Mib / 2 : TestBody.Mib * 7 / 2);

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Blob:MaxRetries", "1"),
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"));
}
