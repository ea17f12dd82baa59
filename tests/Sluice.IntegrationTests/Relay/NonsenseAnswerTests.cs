using Sluice.IntegrationTests.Server;
using static Sluice.IntegrationTests.Relay.RawHttp2;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Targets that answer with nonsense. Whatever it is, it is their fault: never the client's, and never a bug of ours.</summary>
[Collection<OnRelayServer>]
public sealed class NonsenseAnswerTests(RelayServer server)
{
    private static int _paths;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Answers => new()
    {
        { "", "closed the connection" },
        { "\r\n\r\n", "not HTTP" },
        { "SSH-2.0-OpenSSH_9.6\r\n", "not HTTP" },
        { "HTTP/1.1 OK\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 20 OK\r\n\r\n", "not HTTP" },
        { "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\nX Name: x\r\nContent-Length: 0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\n\u00E9: x\r\nContent-Length: 0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\nX-Name: a\u0001b\r\nContent-Length: 0\r\n\r\n", "control characters" },
        { "HTTP/1.1 200 OK\r\nContent-Disposition: \u007F\r\nContent-Length: 0\r\n\r\n", "control characters" },
        { $"HTTP/1.1 200 OK\r\nX-Name: {new string('x', 100_000)}\r\nContent-Length: 0\r\n\r\n", "too large" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "" },
        { "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nhello", "" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello", "" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", "closed the connection" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n", "not HTTP" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Trailer: a\u0001b\r\n\r\n", "control characters" },
        { "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", "" },
        { "HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello", "does not allow" },
        { "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "does not allow" },
    };

    public static TheoryData<string, byte[]> Frames => new()
    {
        { "no HTTP", "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray() },
        { "a field that is none", Frame(1, 5, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) },
        { "no status", Frame(1, 5, [.. Field("x-name", "x")]) },
        { "a status that is none", Frame(1, 5, [8, 3, .. "abc"u8]) },
        { "a control character", Frame(1, 5, [0x88, .. Field("x-name", "a\u0001b")]) },
        { "a body before its head", Frame(0, 1, "hello"u8) },
        { "less than its length", [.. Frame(1, 4, [0x88, .. Field("content-length", "10")]), .. Frame(0, 1, "hello"u8)] },
        { "more than its length", [.. Frame(1, 4, [0x88, .. Field("content-length", "3")]), .. Frame(0, 1, "hello"u8)] },
        { "a length that is none", [.. Frame(1, 4, [0x88, .. Field("content-length", "abc")]), .. Frame(0, 1, "hello"u8)] },
        { "a body where there is none", [.. Frame(1, 4, [0x48, 3, .. "205"u8]), .. Frame(0, 1, "hello"u8)] },
        { "a length where there is no body", Frame(1, 5, [0x89, .. Field("content-length", "5")]) },
        { "a control character in a trailer", [.. Frame(1, 4, [0x88]), .. Frame(0, 0, "hello"u8), .. Frame(1, 5, [.. Field("x-trailer", "a\u0001b")])] },
        { "a reset", Frame(3, 0, [0, 0, 0, 2]) },
        { "a reset in the answer", [.. Frame(1, 4, [0x88]), .. Frame(0, 0, "hello"u8), .. Frame(3, 0, [0, 0, 0, 2])] },
        { "a frame that is too large", [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task In_HTTP11_it_is_the_targets_fault(string bytes, string sentence)
    {
        foreach (var content in (HttpContent?[])[null, Payload.Content([1, 2, 3])])
        {
            server.Raw.Answer(bytes);
            await AssertBrokeAsync("raw", content, sentence);
        }
        await server.AssertHealthyAsync();
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task In_HTTP2_it_is_the_targets_fault(string what, byte[] frames)
    {
        Assert.NotEmpty(what);
        foreach (var content in (HttpContent?[])[null, Payload.Content([1, 2, 3])])
        {
            server.RawHttp2.OnNext(async socket =>
            {
                await RespondAsync(socket, frames, Token);
                while (await socket.ReceiveAsync(new byte[64 * 1024], Token) > 0)
                    continue;
            });
            await AssertBrokeAsync("raw2", content, "");
        }
        await server.AssertHealthyAsync();
    }

    // Answered with a problem, or cut off where a head was out already; logged as what it is either way.
    private async Task AssertBrokeAsync(string target, HttpContent? content, string sentence)
    {
        var path = $"nonsense-{Interlocked.Increment(ref _paths)}";
        try
        {
            var answer = await server.RelayAsync(target, path, content);
            Assert.Equal("502 downstream-broke downstream", $"{answer.Problem} {answer.Text("party")}");
            Assert.Contains(sentence, answer.Text("detail"), StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // Cut off.
        }

        var outcome = await server.OutcomeAsync(target, path);
        Assert.True(
            outcome.StartsWith($"Failed {target}:/{path}: DownstreamBroke in Transfer, caused by Downstream", StringComparison.Ordinal),
            string.Join('\n', server.Output.TakeLast(12).Prepend(outcome)));
    }
}
