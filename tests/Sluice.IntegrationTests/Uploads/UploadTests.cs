using System.Net;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>Bodies of every size, by every way in, are stored and read back byte for byte.</summary>
[Collection<OnUploadServer>]
public sealed class UploadTests(UploadServer server)
{
    private const int Block = UploadServer.BlockBytes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, bool, int, int> Ways { get; } = new(
        ["PUT", "POST"], [true, false], [1, 2], [0, 1, Block - 1, Block, Block + 1, (3 * Block) + 12345]);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_body_is_stored_as_it_was_sent(string verb, bool sized, int http, int bytes) =>
        StoreAndReadAsync(verb, sized, http, bytes);

    [Theory]
    [InlineData("PUT", true, 1)]
    [InlineData("PUT", false, 1)]
    [InlineData("PUT", true, 2)]
    [InlineData("POST", false, 2)]
    public Task Twenty_megabytes_are_stored_as_they_were_sent(string verb, bool sized, int http) =>
        StoreAndReadAsync(verb, sized, http, 20_000_000);

    [Fact]
    public async Task A_request_that_declares_no_body_at_all_stores_an_empty_blob()
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"PUT {server.PathOf("nothing")} HTTP/1.1");

        Assert.Equal(201, (await connection.ReadAnswerAsync()).Status);
        var stored = (await server.Container.GetBlobClient("nothing").GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal((0L, "application/octet-stream"), (stored.ContentLength, stored.ContentType));
    }

    [Fact]
    public async Task A_connection_takes_one_body_after_the_other()
    {
        using var connection = await server.ConnectAsync();
        foreach (var name in (string[])["first", "second", "third"])
        {
            await connection.SendHeadAsync($"PUT {server.PathOf(name)} HTTP/1.1\nContent-Length: {name.Length}");
            await connection.SendAsync(name);
            Assert.Equal(201, (await connection.ReadAnswerAsync()).Status);
            Assert.Equal(name, (await server.Container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToString());
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public async Task A_second_upload_replaces_the_first_whole(bool sized, int http)
    {
        var name = $"twice-{sized}-{http}";
        var (large, small) = (Payload.Random(2 * Block), Payload.Random(100));

        foreach (var payload in (byte[][])[large, small, large])
        {
            using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf(name), Payload.Content(payload, sized), http);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Payload.AssertSame(payload, await DownloadAsync(name));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_hundred_small_uploads_at_once_are_all_stored(int http)
    {
        var payloads = Enumerable.Range(0, 200).Select(index => (Name: $"many-{http}/{index}", Bytes: Payload.Random(10_000))).ToList();

        var answers = await Task.WhenAll(payloads.Select(
            payload => server.SendAsync(HttpMethod.Put, server.PathOf(payload.Name), Payload.Content(payload.Bytes), http)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        foreach (var (name, bytes) in payloads)
            Payload.AssertSame(bytes, await DownloadAsync(name));
    }

    private async Task StoreAndReadAsync(string verb, bool sized, int http, int bytes)
    {
        var name = $"{verb}-{sized}-{http}-{bytes}";
        var payload = Payload.Random(bytes);

        using var stored = await server.SendAsync(HttpMethod.Parse(verb), server.PathOf(name), Payload.Content(payload, sized), http);
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        Assert.Equal(http, stored.Version.Major);
        Payload.AssertSame(payload, await DownloadAsync(name));

        using var read = await server.SendAsync(HttpMethod.Get, server.PathOf(name), http: http);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Payload.AssertSame(payload, await read.Content.ReadAsByteArrayAsync(Token));
    }

    private async Task<byte[]> DownloadAsync(string name) =>
        (await server.Container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray();
}
