namespace Sluice.IntegrationTests.Server;

/// <summary>
/// Kestrel undoes <c>chunked</c> and hands on whatever is inside of it. What was compressed on the way would be stored as if it were the body, so it is refused:
/// RFC 9112, section 6.1.
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
            var head = $"{verb} {path.Replace("{0}", server.Container.Name, StringComparison.Ordinal)} HTTP/1.1\nTransfer-Encoding: {coding}";
            await connection.SendHeadAsync(more is null ? head : $"{head}\n{more}");
            await connection.SendAsync("3\r\nabc\r\n0\r\n\r\n");

            var answer = await connection.ReadAnswerAsync();

            ProblemDocument.Expect(answer, FailureKind.TransferCodingUnsupported, Phase.Admit);
            Assert.Equal("close", answer.Header("Connection"));
        }

        Assert.Null(await server.VisibleAsync("coded"));
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
