namespace Sluice.IntegrationTests.Server;

/// <summary>
/// What Kestrel answers by itself, before there is a request that anything of ours could see: a status and no content. docs/failures.md
/// names these, because they are the errors that are no problems; a version of Kestrel that lets them be problems fails this test.
/// </summary>
[Collection<OnDefaultServer>]
public sealed class KestrelAnswerTests(RunningServer server)
{
    public static TheoryData<string, string, int> Heads => new()
    {
        { "no request line", "nonsense\r\n\r\n", 400 },
        { "a method with other characters", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "no Host", "GET /api/health/live HTTP/1.1\r\n\r\n", 400 },
        { "two of Host", "GET /api/health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "a header without a colon", "GET /api/health/live HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400 },
        { "a header with a control character", "GET /api/health/live HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400 },
        { "a length that is none", "PUT /api/blobs/c/a HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400 },
        { "a coding that is not chunked in the end", "PUT /api/blobs/c/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400 },
        { "a path with a broken escape", "GET /api/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "a request line of 17 KiB", $"GET /{new string('a', 17 * 1024)} HTTP/1.1\r\nHost: a\r\n\r\n", 414 },
        { "a header of 33 KiB", $"GET /api/health/live HTTP/1.1\r\nHost: a\r\nX: {new string('a', 33 * 1024)}\r\n\r\n", 431 },
        { "101 headers", $"GET /api/health/live HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Repeat("X: a\r\n", 100))}\r\n", 431 },
        { "another version", "GET /api/health/live HTTP/3.0\r\nHost: a\r\n\r\n", 505 },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task What_is_no_request_is_answered_by_Kestrel_alone(string what, string head, int status)
    {
        using var connection = await server.ConnectAsync();
        await connection.SendAsync(head);

        var answer = await connection.ReadAnswerAsync();

        Assert.True(answer.Head.Count > 0, what);
        Assert.Equal(
            (status, "0", null, "close"),
            (answer.Status, answer.Header("Content-Length"), answer.Header("Content-Type"), answer.Header("Connection")));
    }
}
