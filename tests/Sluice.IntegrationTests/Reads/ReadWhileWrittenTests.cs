using System.Net;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reads;

/// <summary>A blob that is overwritten while it is read: an answer is of one version.</summary>
public sealed class ReadWhileWrittenTests(ReadWhileWrittenTests.Fixture sluice) : IClassFixture<ReadWhileWrittenTests.Fixture>
{
    private const int Bytes = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bytes=0-99")]
    [InlineData("bytes=-100")]
    [InlineData("bytes=900-")]
    public async Task A_range_without_a_condition_is_that_of_the_new_version(string range)
    {
        var blob = await WriteAsync(1);
        sluice.Storage.Fail(StorageOperation.GetBlob, blob, OverwriteFirst(blob, 2), times: 1);

        using var answer = await GetAsync(blob, ("Range", range));

        await AssertPartAsync(answer, blob, 2);
    }

    [Fact]
    public async Task It_is_looked_at_again_until_it_holds_still()
    {
        var blob = await WriteAsync(1);
        for (var version = 2; version <= 5; version++)
            sluice.Storage.Fail(StorageOperation.GetBlob, blob, OverwriteFirst(blob, version), times: 1);

        using var answer = await GetAsync(blob, ("Range", "bytes=10-19"));

        await AssertPartAsync(answer, blob, 5);
    }

    [Fact]
    public async Task One_that_never_holds_still_is_503_and_to_be_asked_again()
    {
        var blob = await WriteAsync(1);
        var overwriting = sluice.Storage.Fail(StorageOperation.GetBlob, blob, OverwriteFirst(blob, 2));

        using var response = await GetAsync(blob, ("Range", "bytes=10-19"));
        var answer = await Answer.OfAsync(response, Token);

        Assert.Equal("503 read-conflict", answer.Problem);
        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Equal(5, overwriting.Failed);
    }

    [Fact]
    public async Task A_condition_is_asked_of_the_new_version()
    {
        var blob = await WriteAsync(1);
        var old = (await sluice.Container.GetBlobClient(blob).GetPropertiesAsync(cancellationToken: Token)).Value.ETag.ToString("H");
        sluice.Storage.Fail(StorageOperation.GetBlob, blob, OverwriteFirst(blob, 2), times: 1);
        using var matched = await GetAsync(blob, ("Range", "bytes=0-9"), ("If-Match", old));
        Assert.Equal(HttpStatusCode.PreconditionFailed, matched.StatusCode);

        // A part of the new version would be spliced onto what the client has of the old one: it gets all of the new one.
        var spliced = await WriteAsync(1);
        var first = (await sluice.Container.GetBlobClient(spliced).GetPropertiesAsync(cancellationToken: Token)).Value.ETag.ToString("H");
        sluice.Storage.Fail(StorageOperation.GetBlob, spliced, OverwriteFirst(spliced, 2), times: 1);
        using var whole = await GetAsync(spliced, ("Range", "bytes=500-"), ("If-Range", first));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(Body(2), await whole.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_blob_that_became_shorter_is_a_range_that_is_not_there()
    {
        var blob = await WriteAsync(1);
        sluice.Storage.Fail(
            StorageOperation.GetBlob, blob, async exchange =>
            {
                await sluice.Container.GetBlobClient(blob).UploadAsync(new BinaryData(new byte[10]), overwrite: true, Token);
                await StorageFaults.None(exchange);
            },
            times: 1);

        using var answer = await GetAsync(blob, ("Range", "bytes=500-"));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */10", $"{answer.Content.Headers.ContentRange}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_under_way_is_never_finished_with_another_version(bool range)
    {
        const int Long = 4_000_000;
        var blob = $"long-{Guid.NewGuid():N}";
        await sluice.Container.GetBlobClient(blob).UploadAsync(
            new BinaryData(Enumerable.Repeat((byte)1, Long).ToArray()), overwrite: true, Token);
        sluice.Storage.Fail(
            StorageOperation.GetBlob, blob, async exchange =>
            {
                await StorageFaults.CutAnswerAfter(1_000_000)(exchange);
                await sluice.Container.GetBlobClient(blob).UploadAsync(
                    new BinaryData(Enumerable.Repeat((byte)2, Long).ToArray()), overwrite: true, Token);
            },
            times: 1);

        using var request = new HttpRequestMessage(HttpMethod.Get, sluice.PathOf(blob));
        if (range)
            request.Headers.Add("Range", $"bytes=1-{Long - 1}");
        using var answer = await sluice.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var got = new MemoryStream();
        // Storage has no old version to go on with, unless it was asked before the overwrite was done.
        var broken = await Record.ExceptionAsync(() => answer.Content.CopyToAsync(got, Token));

        Assert.DoesNotContain((byte)2, got.ToArray());
        Assert.True(broken is not null || got.Length == Long - (range ? 1 : 0));
    }

    private StorageFault OverwriteFirst(string blob, int version) => async exchange =>
    {
        await sluice.Container.GetBlobClient(blob).UploadAsync(new BinaryData(Body(version)), overwrite: true, Token);
        await StorageFaults.None(exchange);
    };

    private async Task<string> WriteAsync(int version)
    {
        var blob = $"changing-{Guid.NewGuid():N}";
        await sluice.Container.GetBlobClient(blob).UploadAsync(new BinaryData(Body(version)), overwrite: true, Token);
        return blob;
    }

    private static byte[] Body(int version) => [.. Enumerable.Range(0, Bytes).Select(at => (byte)(at + version))];

    private async Task<HttpResponseMessage> GetAsync(string blob, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, sluice.PathOf(blob));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await sluice.Client.SendAsync(request, Token);
    }

    private async Task AssertPartAsync(HttpResponseMessage answer, string blob, int version)
    {
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        var part = answer.Content.Headers.ContentRange!;
        Assert.Equal(Body(version)[(int)part.From!.Value..((int)part.To!.Value + 1)], await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(
            (await sluice.Container.GetBlobClient(blob).GetPropertiesAsync(cancellationToken: Token)).Value.ETag.ToString("H"),
            $"{answer.Headers.ETag}");
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite, ("Sluice:Blob:MaxRetries", "1"));
}
