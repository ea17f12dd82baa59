using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>Bodies that are too large, and what is known to be wrong before the first byte.</summary>
public sealed class UploadRefusalTests(LimitServer server) : IClassFixture<LimitServer>
{
    private const int Max = LimitServer.MaxBytes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    public async Task A_body_of_exactly_the_limit_is_stored(bool sized, int http)
    {
        using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf("fits"), Payload.Content(Payload.Random(Max), sized), http);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT", true, 1, Max + 1)]
    [InlineData("POST", true, 1, Max + 1)]
    [InlineData("PUT", true, 1, 5_000_000)]
    [InlineData("PUT", true, 2, Max + 1)]
    [InlineData("PUT", true, 2, 5_000_000)]
    [InlineData("PUT", false, 1, Max + 1)]
    [InlineData("POST", false, 1, Max + 1)]
    [InlineData("PUT", false, 1, 5_000_000)]
    [InlineData("PUT", false, 2, Max + 1)]
    [InlineData("PUT", false, 2, 5_000_000)]
    public async Task A_body_over_the_limit_is_refused_and_nothing_changes(string verb, bool sized, int http, int bytes)
    {
        var id = $"{verb}-{sized}-{http}-{bytes}";
        var previous = server.Container.GetBlobClient($"previous-{id}");
        var before = (await previous.UploadAsync(BinaryData.FromString("previous"), Token)).Value;

        foreach (var name in (string[])[previous.Name, $"new-{id}"])
        {
            using var answer = await server.SendAsync(
                HttpMethod.Parse(verb), server.PathOf(name), Payload.Content(Payload.Random(bytes), sized), http);
            var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.BodyTooLarge, sized ? Phase.Admit : Phase.Transfer);
            Assert.Equal(Max, problem.LimitBytes);
        }

        var after = (await previous.DownloadContentAsync(Token)).Value;
        Assert.Equal(("previous", before.ETag), (after.Content.ToString(), after.Details.ETag));
        Assert.False((await server.Container.GetBlobClient($"new-{id}").ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task A_connection_is_good_for_another_request_after_a_refused_body_was_drained()
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"PUT {server.PathOf("a")} HTTP/1.1\nContent-Length: {Max + 1}");
        await connection.SendAsync(Payload.Random(Max + 1));
        Assert.Equal(413, (await connection.ReadAnswerAsync()).Status);

        await connection.SendHeadAsync($"GET {server.PathOf("missing")} HTTP/1.1");
        Assert.Equal(404, (await connection.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData(FailureKind.BodyTooLarge, "a", "Content-Length: 200001")]
    [InlineData(FailureKind.NameInvalid, "a%5Cb", "Content-Length: 10")]
    [InlineData(FailureKind.NameInvalid, "a%5Cb", "Transfer-Encoding: chunked")]
    [InlineData(FailureKind.ContainerUnknown, "../elsewhere/a", "Content-Length: 10")]
    [InlineData(FailureKind.HeaderInvalid, "a", "Content-Length: 10\nx-ms-meta-1: a")]
    [InlineData(FailureKind.HeaderInvalid, "a", "Transfer-Encoding: chunked\nIf-Match: a")]
    [InlineData(FailureKind.PreconditionFailed, "exists", "Content-Length: 10\nIf-None-Match: *")]
    [InlineData(FailureKind.PreconditionFailed, "exists", "Transfer-Encoding: chunked\nIf-None-Match: *")]
    [InlineData(FailureKind.PreconditionFailed, "exists", "Content-Length: 10\nIf-Match: \"0x1\"")]
    [InlineData(FailureKind.PreconditionFailed, "missing", "Content-Length: 10\nIf-Match: *")]
    public async Task What_can_be_refused_before_the_body_is_refused_without_asking_for_it(FailureKind kind, string path, string headers)
    {
        if (headers.Contains("Content-Length", StringComparison.Ordinal))
            Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        await server.Container.GetBlobClient("exists").UploadAsync(BinaryData.FromString("old"), overwrite: true, Token);
        using var connection = await server.ConnectAsync();

        await connection.SendHeadAsync($"PUT {server.PathOf("")}{path} HTTP/1.1\nExpect: 100-continue\n{headers}");

        // No 100 Continue comes first, and as the body never comes, no other request can follow.
        var answer = await connection.ReadAnswerAsync();
        ProblemDocument.Expect(answer, kind, Phase.Admit);
        // Behind the Functions host the connection is the host's.
        Assert.Equal(TestedHost.IsFunctions ? null : "close", answer.Header("Connection"));
        Assert.Equal("old", (await server.Container.GetBlobClient("exists").DownloadContentAsync(Token)).Value.Content.ToString());
    }

    // RFC 9110, section 9.3.4; "curl -C" sends one.
    [Fact]
    public async Task A_part_of_a_body_is_not_taken_for_the_whole()
    {
        var blob = server.Container.GetBlobClient("continued");
        await blob.UploadAsync(BinaryData.FromString("old"), overwrite: true, Token);

        using var answer = await server.PutAsync(blob.Name, Payload.Content([3, 4]), ("Content-Range", "bytes 3-4/5"));

        await ProblemDocument.ExpectAsync(answer, FailureKind.HeaderInvalid, Phase.Admit);
        Assert.Equal("old", (await blob.DownloadContentAsync(Token)).Value.Content.ToString());
    }

    [Theory]
    [InlineData("Content-Length: 5", "hello")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    public async Task A_body_that_can_be_taken_is_asked_for(string headers, string body)
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"PUT {server.PathOf("asked")} HTTP/1.1\nExpect: 100-continue\nIf-None-Match: \"0x1\"\n{headers}");
        Assert.Equal(100, (await connection.ReadAnswerAsync()).Status);

        await connection.SendAsync(body);
        Assert.Equal(201, (await connection.ReadAnswerAsync()).Status);
        Assert.Equal("hello", (await server.Container.GetBlobClient("asked").DownloadContentAsync(Token)).Value.Content.ToString());
    }
}
