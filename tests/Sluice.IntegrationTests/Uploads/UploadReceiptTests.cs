using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>What the answer to an upload says is what is stored.</summary>
[Collection<OnUploadServer>]
public sealed class UploadReceiptTests(UploadServer server)
{
    private const int Block = UploadServer.BlockBytes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(true, 5, 0)]
    [InlineData(true, Block, 0)]
    [InlineData(true, Block + 1, 2)]
    [InlineData(true, 3 * Block, 3)]
    [InlineData(false, 0, 0)]
    [InlineData(false, Block, 0)]
    [InlineData(false, Block + 1, 2)]
    [InlineData(false, 3 * Block, 3)]
    [InlineData(false, (3 * Block) + 1, 4)]
    public async Task The_receipt_tells_what_was_stored(bool sized, int bytes, int blocks)
    {
        var name = $"receipts/{sized}/{bytes}";
        var payload = Payload.Random(bytes);
        var sha256 = Convert.ToBase64String(SHA256.HashData(payload));

        using var answer = await server.PutAsync(name, Payload.Content(payload, sized), ("Content-Type", "application/x-test"));

        var blob = server.Container.GetBlobClient(name);
        var stored = (await blob.GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        var receipt = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(server.Container.Name, receipt.GetProperty("container").GetString());
        Assert.Equal(name, receipt.GetProperty("name").GetString());
        Assert.Equal(bytes, receipt.GetProperty("bytes").GetInt64());
        Assert.Equal(blocks, receipt.GetProperty("blocks").GetInt32());
        Assert.Equal("application/x-test", receipt.GetProperty("mediaType").GetProperty("declared").GetString());
        Assert.Equal("application/x-test", receipt.GetProperty("mediaType").GetProperty("stored").GetString());
        Assert.Equal(bytes > 0, receipt.GetProperty("mediaType").TryGetProperty("sniffed", out _));
        Assert.Equal(stored.ETag.ToString("H"), receipt.GetProperty("etag").GetString());
        Assert.Equal(sha256, receipt.GetProperty("digests").GetProperty("sha-256").GetString());
        Assert.InRange(receipt.GetProperty("elapsedMs").GetInt64(), 0, 60_000);

        Assert.Equal(stored.ETag.ToString("H"), answer.Headers.ETag?.ToString());
        Assert.Equal(stored.LastModified, answer.Content.Headers.LastModified);
        Assert.Equal($"sha-256=:{sha256}:", Assert.Single(answer.Headers.GetValues("Repr-Digest")));
        Assert.Equal(sha256, stored.Metadata["sluice_sha256"]);
    }

    [Fact]
    public async Task Blocks_are_as_large_as_configured()
    {
        using var answer = await server.PutAsync("blocks", Payload.Content(Payload.Random((2 * Block) + 7)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal([Block, Block, 7], await server.BlocksOfAsync("blocks"));
    }

    [Fact]
    public async Task The_digest_is_that_of_the_bytes_and_not_of_what_they_decode_to()
    {
        byte[] gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        using var answer = await server.PutAsync("coded", Payload.Content(gzip), ("Content-Encoding", "gzip"));

        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(gzip))}:", Assert.Single(answer.Headers.GetValues("Repr-Digest")));
    }

    [Fact]
    public async Task Dates_and_tags_of_answers_are_those_that_a_read_shows()
    {
        using var put = await server.PutAsync("dates", Payload.Content(Payload.Random(10)));
        using var get = await server.GetAsync("dates");

        Assert.Equal(put.Headers.ETag, get.Headers.ETag);
        Assert.Equal(put.Content.Headers.LastModified, get.Content.Headers.LastModified);
        Assert.Equal(put.Headers.GetValues("Repr-Digest"), get.Headers.GetValues("Repr-Digest"));
        Assert.Matches(
            "^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$",
            put.Content.Headers.LastModified!.Value.ToString("R", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Location_does_not_repeat_the_query_where_a_key_may_be()
    {
        using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf("secret") + "?code=abc", Payload.Content([1]));

        Assert.Equal(server.PathOf("secret"), answer.Headers.Location?.OriginalString);
    }
}
