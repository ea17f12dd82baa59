using System.Net;
using Azure.Storage.Blobs;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>If-Match and If-None-Match (RFC 9110, section 13.1) hold before the body, and at the commit.</summary>
[Collection<OnUploadServer>]
public sealed class UploadConditionTests(UploadServer server)
{
    private const string Current = "CURRENT";
    private const int OneBlock = 1000;
    private const int ThreeBlocks = 3 * UploadServer.BlockBytes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("If-None-Match", "*", false, 201)]
    [InlineData("If-None-Match", "*", true, 412)]
    [InlineData("If-None-Match", "\"0x1\"", false, 201)]
    [InlineData("If-None-Match", "\"0x1\"", true, 201)]
    [InlineData("If-None-Match", Current, true, 412)]
    [InlineData("If-None-Match", "W/" + Current, true, 412)]
    [InlineData("If-Match", "*", false, 412)]
    [InlineData("If-Match", "*", true, 201)]
    [InlineData("If-Match", "\"0x1\"", false, 412)]
    [InlineData("If-Match", "\"0x1\"", true, 412)]
    [InlineData("If-Match", Current, true, 201)]
    [InlineData("If-Match", "W/" + Current, true, 412)]
    public async Task A_condition_decides_over_what_is_stored(string header, string value, bool exists, int status)
    {
        foreach (var bytes in (int[])[OneBlock, ThreeBlocks])
        {
            var blob = NewBlob();
            var etag = exists ? await WriteAsync(blob, "old") : "";
            var payload = Payload.Random(bytes);

            using var answer = await server.PutAsync(
                blob.Name, Payload.Content(payload), (header, value.Replace(Current, etag, StringComparison.Ordinal)));

            if (status == 201)
            {
                Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
                Payload.AssertSame(payload, (await blob.DownloadContentAsync(Token)).Value.Content.ToArray());
                continue;
            }

            await ProblemDocument.ExpectAsync(answer, FailureKind.PreconditionFailed, Phase.Admit);
            if (exists)
                Assert.Equal("old", (await blob.DownloadContentAsync(Token)).Value.Content.ToString());
            else
                Assert.False((await blob.ExistsAsync(Token)).Value);
        }
    }

    [Theory]
    [InlineData("If-None-Match", "*", false)]
    [InlineData("If-Match", "*", true)]
    [InlineData("If-Match", Current, true)]
    public async Task Two_uploads_with_one_condition_are_one_upload(string header, string value, bool exists)
    {
        var blob = NewBlob();
        var etag = exists ? await WriteAsync(blob, "old") : "";
        var condition = (header, value.Replace(Current, etag, StringComparison.Ordinal));

        using var first = await server.PutAsync(blob.Name, Payload.Content([1]), condition);
        using var second = await server.PutAsync(blob.Name, Payload.Content([2]), condition);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(condition == ("If-Match", "*") ? HttpStatusCode.Created : HttpStatusCode.PreconditionFailed, second.StatusCode);
    }

    [Theory]
    [InlineData("If-None-Match", "*", false, OneBlock)]
    [InlineData("If-None-Match", "*", false, ThreeBlocks)]
    [InlineData("If-Match", Current, true, OneBlock)]
    [InlineData("If-Match", Current, true, ThreeBlocks)]
    public async Task A_blob_that_somebody_else_writes_meanwhile_is_kept(string header, string value, bool exists, int bytes)
    {
        var blob = NewBlob();
        var etag = exists ? await WriteAsync(blob, "old") : "";

        using var answer = await UploadAroundAsync(
            blob, bytes, () => WriteAsync(blob, "theirs"), (header, value.Replace(Current, etag, StringComparison.Ordinal)));

        await ProblemDocument.ExpectAsync(answer, FailureKind.PreconditionFailed, Phase.Seal);
        Assert.Equal("theirs", (await blob.DownloadContentAsync(Token)).Value.Content.ToString());
    }

    [Theory]
    [InlineData("*", OneBlock)]
    [InlineData("*", ThreeBlocks)]
    [InlineData(Current, OneBlock)]
    [InlineData(Current, ThreeBlocks)]
    public async Task A_blob_that_somebody_deletes_meanwhile_is_not_written_again(string value, int bytes)
    {
        var blob = NewBlob();
        var etag = await WriteAsync(blob, "old");
        var condition = ("If-Match", value.Replace(Current, etag, StringComparison.Ordinal));

        using var answer = await UploadAroundAsync(blob, bytes, () => blob.DeleteAsync(cancellationToken: Token), condition);

        await ProblemDocument.ExpectAsync(answer, FailureKind.PreconditionFailed, Phase.Seal);
        Assert.False((await blob.ExistsAsync(Token)).Value);
    }

    [Theory]
    [InlineData("If-Match", "\"a\", \"b\"")]
    [InlineData("If-None-Match", "\"a\", \"b\"")]
    [InlineData("If-None-Match", "*, \"b\"")]
    [InlineData("If-Match", "0x8DC0")]
    [InlineData("If-None-Match", "\"a")]
    [InlineData("If-None-Match", "")]
    public async Task A_condition_that_is_not_one_tag_is_refused(string header, string value)
    {
        using var answer = await server.PutAsync("listed", Payload.Content([1]), (header, value));

        await ProblemDocument.ExpectAsync(answer, FailureKind.HeaderInvalid, Phase.Admit);
        Assert.False((await server.Container.GetBlobClient("listed").ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task A_condition_that_is_sent_twice_is_refused()
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"PUT {server.PathOf("listed")} HTTP/1.1\nContent-Length: 0\nIf-Match: \"a\"\nIf-Match: \"b\"");

        ProblemDocument.Expect(await connection.ReadAnswerAsync(), FailureKind.HeaderInvalid, Phase.Admit);
    }

    // Half of the body goes out when the server asks for it, which is after it looked at the condition; the rest after somebody else acted.
    private Task<HttpResponseMessage> UploadAroundAsync(BlobClient blob, int bytes, Func<Task> meanwhile, (string, string) condition)
    {
        var payload = Payload.Random(bytes);
        var content = new UnsizedContent(async stream =>
        {
            await stream.WriteAsync(payload.AsMemory(..(bytes / 2)), Token);
            await stream.FlushAsync(Token);
            await meanwhile();
            await stream.WriteAsync(payload.AsMemory((bytes / 2)..), Token);
        });
        return server.PutAsync(blob.Name, content, condition, ("Expect", "100-continue"));
    }

    private BlobClient NewBlob() => server.Container.GetBlobClient($"conditions/{Guid.NewGuid():N}");

    private static async Task<string> WriteAsync(BlobClient blob, string content) =>
        (await blob.UploadAsync(BinaryData.FromString(content), overwrite: true, Token)).Value.ETag.ToString("H");
}
