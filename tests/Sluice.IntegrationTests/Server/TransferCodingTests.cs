using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Reliability.ClientFaults;

namespace Sluice.IntegrationTests.Server;

/// <summary>
/// Kestrel undoes <c>chunked</c> and hands on whatever is inside of it. What was compressed on the way would be stored as if it were the
/// body, so it is refused: RFC 9112, section 6.1.
/// </summary>
[Collection<OnDefaultServer>]
public sealed class TransferCodingTests(RunningServer server)
{
    private static readonly (string Verb, string Path, string? More)[] _operations =
    [
        ("PUT", "/api/blobs/{0}/coded", null),
        ("POST", "/api/blobs/{0}/coded", null),
        ("POST", "/api/blobs/{0}", "Content-Type: multipart/form-data; boundary=b"),
        ("PUT", "/api/ingest/coded", null),
        ("POST", "/api/hooks/some", null),
        ("POST", "/api/relay/some/coded", null),
        ("POST", "/api/files", "Upload-Complete: ?1"),
        ("PATCH", "/api/files/some", "Tus-Resumable: 1.0.0"),
        ("POST", "/api/peek", null),
    ];

    [Theory]
    [InlineData("gzip, chunked")]
    [InlineData("chunked, chunked")]
    [InlineData("identity, chunked")]
    [InlineData("chunked;a=b, chunked")]
    [InlineData(",chunked")]
    [InlineData("gzip\nTransfer-Encoding: chunked")]
    public async Task Any_coding_but_chunked_alone_is_refused_and_the_connection_closed(string coding)
    {
        foreach (var (verb, path, more) in _operations)
        {
            using var connection = await server.ConnectAsync();
            var head =
                $"{verb} {path.Replace("{0}", server.Container.Name, StringComparison.Ordinal)} HTTP/1.1\nTransfer-Encoding: {coding}";
            await connection.SendHeadAsync(more is null ? head : $"{head}\n{more}");
            await connection.SendAsync("3\r\nabc\r\n0\r\n\r\n");

            var answer = await connection.ReadAnswerAsync();

            ProblemDocument.Expect(answer, FailureKind.TransferCodingUnsupported, Phase.Admit);
            Assert.Equal("close", answer.Header("Connection"));
        }

        Assert.Null(await server.VisibleAsync("coded"));
    }

    [Theory]
    [InlineData("1.0", "chunked")]
    [InlineData("1.1", "identity, chunked")]
    [InlineData("1.1", ", chunked,")]
    public async Task What_comes_behind_a_coding_that_is_refused_is_no_request_on_any_route(string version, string coding)
    {
        foreach (var (verb, path, more) in (IEnumerable<(string, string, string?)>)[
            .. _operations, ("GET", "/api/health/live", null), ("PUT", "/nowhere", null), ("PATCH", "/api/peek", null)])
        {
            using var client = await RawClient.ConnectAsync(server.Address(), TestContext.Current.CancellationToken);
            var target = path.Replace("{0}", server.Container.Name, StringComparison.Ordinal);
            var head = $"{verb} {target} HTTP/{version}\r\nHost: sluice\r\nConnection: keep-alive\r\nTransfer-Encoding: "
                + $"{coding}\r\n{(more is null ? "" : $"{more}\r\n")}\r\n0\r\n\r\n";
            await client.SendAsync(
                $"{head}PUT {server.PathOf("hidden")} HTTP/1.1\r\nHost: sluice\r\nContent-Length: 1\r\n\r\nx",
                TestContext.Current.CancellationToken);

            var reply = Assert.Single(RawReplies.Parse(await client.ReadToEndAsync(TestContext.Current.CancellationToken)));

            Assert.Equal("501 transfer-coding-unsupported", reply.Said);
            Assert.Equal("close", reply.Header("Connection"));
        }

        Assert.Null(await server.VisibleAsync("hidden"));
    }

    [Theory]
    [InlineData("/api/blobs/{0}/trailed", "PUT")]
    [InlineData("/api/peek", "POST")]
    [InlineData("/api/files", "POST")]
    public async Task A_trailer_with_a_control_character_breaks_the_body(string path, string verb)
    {
        using var client = await RawClient.ConnectAsync(server.Address(), TestContext.Current.CancellationToken);
        await client.SendHeadAsync(
            verb, path.Replace("{0}", server.Container.Name, StringComparison.Ordinal),
            ["Transfer-Encoding: chunked", "Upload-Complete: ?1"], TestContext.Current.CancellationToken);
        await client.SendAsync("3\r\nabc\r\n0\r\nX-Trailer: a\0b\r\n\r\n", TestContext.Current.CancellationToken);

        Assert.Equal(
            "400 body-truncated", Assert.Single(RawReplies.Parse(await client.ReadToEndAsync(TestContext.Current.CancellationToken))).Said);
        Assert.Null(await server.VisibleAsync("trailed"));
    }

    [Theory]
    [InlineData("chunked")]
    [InlineData("Chunked")]
    [InlineData(" CHUNKED ")]
    public async Task Chunked_is_taken_in_any_case(string coding)
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"PUT {server.PathOf($"taken-{coding.Trim()}")} HTTP/1.1\nTransfer-Encoding: {coding}");
        await connection.SendAsync("3\r\nabc\r\n0\r\n\r\n");

        Assert.Equal(201, (await connection.ReadAnswerAsync()).Status);
    }
}
