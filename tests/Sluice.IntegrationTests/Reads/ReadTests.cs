using System.Net;
using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reads;

/// <summary>GET and HEAD of whole blobs.</summary>
[Collection<OnDefaultServer>]
public sealed class ReadTests(RunningServer server)
{
    private static readonly byte[] _content = Payload.Random(1000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", 1)]
    [InlineData("GET", 2)]
    [InlineData("HEAD", 1)]
    [InlineData("HEAD", 2)]
    public async Task A_blob_comes_back_with_all_that_is_stored_beside_it(string verb, int http)
    {
        using var put = await server.PutAsync(
            "described",
            Payload.Content(_content),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Encoding", "x-none"),
            ("Content-Language", "de"),
            ("Content-Disposition", "attachment; filename=\"a b.txt\""),
            ("Cache-Control", "private, max-age=60"),
            ("x-ms-meta-Project", "a; \"b\""));

        using var answer = await server.SendAsync(HttpMethod.Parse(verb), server.PathOf("described"), http: http);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            [
                "accept-ranges: bytes",
                "cache-control: max-age=60, private",
                "content-disposition: attachment; filename=\"a b.txt\"",
                "content-encoding: x-none",
                "content-language: de",
                "content-length: 1000",
                "content-security-policy: sandbox; default-src 'none'",
                "content-type: text/plain; charset=utf-8",
                "cross-origin-resource-policy: same-origin",
                $"etag: {put.Headers.ETag}",
                $"last-modified: {put.Content.Headers.LastModified:R}",
                "referrer-policy: no-referrer",
                $"repr-digest: sha-256=:{Convert.ToBase64String(SHA256.HashData(_content))}:",
                "x-content-type-options: nosniff",
                "x-ms-meta-project: a; \"b\"",
            ],
            HeadersOf(answer));
        Payload.AssertSame(verb == "GET" ? _content : [], await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("GET", 1)]
    [InlineData("GET", 2)]
    [InlineData("HEAD", 1)]
    [InlineData("HEAD", 2)]
    public async Task What_is_not_stored_hides_nothing_of_what_is(string verb, int http)
    {
        using var put = await server.PutAsync("bare", Payload.Content(_content), ("x-ms-meta-Project", "a"));

        using var answer = await server.SendAsync(HttpMethod.Parse(verb), server.PathOf("bare"), http: http);

        Assert.Equal(
            [
                "accept-ranges: bytes",
                "cache-control: private",
                "content-disposition: attachment",
                "content-length: 1000",
                "content-security-policy: sandbox; default-src 'none'",
                "content-type: application/octet-stream",
                "cross-origin-resource-policy: same-origin",
                $"etag: {put.Headers.ETag}",
                $"last-modified: {put.Content.Headers.LastModified:R}",
                "referrer-policy: no-referrer",
                $"repr-digest: sha-256=:{Convert.ToBase64String(SHA256.HashData(_content))}:",
                "x-content-type-options: nosniff",
                "x-ms-meta-project: a",
            ],
            HeadersOf(answer));
    }

    [Fact]
    public async Task HEAD_sends_no_content_that_the_next_answer_could_be_mistaken_for()
    {
        await server.Container.GetBlobClient("headed").UploadAsync(new BinaryData(_content), overwrite: true, Token);
        using var connection = await server.ConnectAsync();
        foreach (var path in (string[])[server.PathOf("headed"), server.PathOf("missing"), "/api/nothing"])
            await connection.SendHeadAsync($"HEAD {path} HTTP/1.1");
        await connection.SendHeadAsync($"GET {server.PathOf("headed")} HTTP/1.1");

        Assert.Equal(200, (await connection.ReadHeadAsync()).Status);
        var missing = await connection.ReadHeadAsync();
        Assert.Equal((404, "application/problem+json"), (missing.Status, missing.Header("Content-Type")));
        Assert.Equal(404, (await connection.ReadHeadAsync()).Status);
        Assert.Equal("1000", (await connection.ReadAnswerAsync()).Header("Content-Length"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task An_empty_blob_is_an_empty_answer(string verb)
    {
        using var put = await server.PutAsync("empty", Payload.Content([]));

        using var answer = await server.SendAsync(HttpMethod.Parse(verb), server.PathOf("empty"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, answer.Content.Headers.ContentLength);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData([]))}:", Assert.Single(answer.Headers.GetValues("Repr-Digest")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_blob_that_others_wrote_comes_without_a_digest()
    {
        var blob = server.Container.GetBlobClient("theirs");
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["owner"] = "them" } };
        var written = await blob.UploadAsync(new BinaryData(_content), options, Token);

        using var answer = await server.GetAsync("theirs");

        Assert.Equal(
            [
                "accept-ranges: bytes",
                "cache-control: private",
                "content-disposition: attachment",
                "content-length: 1000",
                "content-security-policy: sandbox; default-src 'none'",
                "content-type: application/octet-stream",
                "cross-origin-resource-policy: same-origin",
                $"etag: {written.Value.ETag:H}",
                $"last-modified: {written.Value.LastModified:R}",
                "referrer-policy: no-referrer",
                "x-content-type-options: nosniff",
                "x-ms-meta-owner: them",
            ],
            HeadersOf(answer));
        Payload.AssertSame(_content, await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task An_append_blob_is_read_like_any_other()
    {
        var blob = server.Container.GetAppendBlobClient("log");
        await blob.CreateAsync(cancellationToken: Token);
        await blob.AppendBlockAsync(new MemoryStream(_content), cancellationToken: Token);

        using var answer = await server.GetAsync("log");

        Payload.AssertSame(_content, await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_blob_that_is_staged_and_not_committed_is_not_there()
    {
        var blob = server.Container.GetBlockBlobClient("staged");
        await blob.StageBlockAsync(Convert.ToBase64String([1]), new MemoryStream(_content), cancellationToken: Token);

        using var answer = await server.GetAsync("staged");

        await ProblemDocument.ExpectAsync(answer, FailureKind.BlobNotFound, Phase.Read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_blob_that_is_not_there_is_a_problem(int http)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, server.PathOf("missing"), http: http);

        await ProblemDocument.ExpectAsync(answer, FailureKind.BlobNotFound, Phase.Read);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    // In one order and, as in HTTP/2, in one case; without Date, which is the server's.
    private static IEnumerable<string> HeadersOf(HttpResponseMessage answer) => answer.Headers.Concat(answer.Content.Headers)
        // The Functions host has its own beside ours.
        .Where(header => header.Key != "Date" && !(TestedHost.IsFunctions && header.Key == "Server"))
        .Select(header => $"{header.Key.ToLowerInvariant()}: {string.Join(", ", header.Value)}")
        .Order(StringComparer.Ordinal);
}
