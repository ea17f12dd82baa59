using System.Globalization;
using System.Text;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// Requests that two servers could read in two ways (RFC 9112, section 11.2). Each is refused, or means the same to the service as to us;
/// the service sees no request that was hidden in another, and the next client gets its own answer.
/// </summary>
[Collection<OnRelayServer>]
public sealed class SmugglingTests(RelayServer server)
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";

    private readonly int _badBefore = server.Service.BadRequests.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "two lengths", "Content-Length: 5\r\nContent-Length: 6", "hello" },
        { "two lengths that are the same", "Content-Length: 5\r\nContent-Length: 5", "hello" },
        { "two lengths in one line", "Content-Length: 5, 6", "hello" },
        { "two lengths in one line that are the same", "Content-Length: 5, 5", "hello" },
        { "a length below nothing", "Content-Length: -5", "hello" },
        { "a length in hexadecimal", "Content-Length: 0x5", "hello" },
        { "a length that overflows", "Content-Length: 18446744073709551621", "hello" },
        { "a length of nothing", "Content-Length: ", "hello" },
        { "a length with a gap", "Content-Length: 5 5", "hello" },
        { "chunked, then identity", "Transfer-Encoding: chunked, identity", "5\r\nhello\r\n0\r\n\r\n" },
        { "xchunked", "Transfer-Encoding: xchunked", "5\r\nhello\r\n0\r\n\r\n" },
        { "chunked in quotes", "Transfer-Encoding: \"chunked\"", "5\r\nhello\r\n0\r\n\r\n" },
        { "chunked with a parameter", "Transfer-Encoding: chunked;q=1", "5\r\nhello\r\n0\r\n\r\n" },
        { "identity", "Transfer-Encoding: identity", "hello" },
        { "a space before the colon", "Content-Length : 5", "hello" },
        { "a tab before the colon", "Transfer-Encoding\t: chunked", "5\r\nhello\r\n0\r\n\r\n" },
        { "a folded header", "X-Folded: a\r\n b\r\nContent-Length: 5", "hello" },
        { "a folded length", "Content-Length:\r\n 5", "hello" },
        { "a line that begins with a space", " Content-Length: 5\r\nX: y", "hello" },
        { "a header without a name", ": x\r\nContent-Length: 5", "hello" },
        { "a header without a colon", "Content-Length 5", "hello" },
        { "a carriage return alone", "X: a\rContent-Length: 100\r\nContent-Length: 5", "hello" },
        { "a zero byte in a header", "X: a\0b\r\nContent-Length: 5", "hello" },
        { "a chunk size that overflows", "Transfer-Encoding: chunked", "ffffffffffffffff5\r\nhello\r\n0\r\n\r\n" },
        { "a chunk size that overflows 32 bits", "Transfer-Encoding: chunked", "100000005\r\nhello\r\n0\r\n\r\n" },
        { "a chunk size below nothing", "Transfer-Encoding: chunked", "-5\r\nhello\r\n0\r\n\r\n" },
        { "a chunk size with a prefix", "Transfer-Encoding: chunked", "0x5\r\nhello\r\n0\r\n\r\n" },
        { "a chunk size with a space before", "Transfer-Encoding: chunked", " 5\r\nhello\r\n0\r\n\r\n" },
        { "a chunk without a size", "Transfer-Encoding: chunked", "\r\nhello\r\n0\r\n\r\n" },
        { "a chunk that is longer than its size", "Transfer-Encoding: chunked", "4\r\nhello\r\n0\r\n\r\n" },
        { "a chunk that is shorter than its size", "Transfer-Encoding: chunked", "6\r\nhello\r\n0\r\n\r\n" },
        { "a chunk that ends with a line feed", "Transfer-Encoding: chunked", "5\r\nhello\n0\r\n\r\n" },
        { "a chunk size that ends with a line feed", "Transfer-Encoding: chunked", "5\nhello\r\n0\r\n\r\n" },
        { "a chunk extension with a line feed", "Transfer-Encoding: chunked", "5;x\nhello\r\n0\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_breaks_the_rules_is_refused_and_reaches_nobody_whole(string what, string headers, string body)
    {
        foreach (var target in (string[])["one", "two", "blunt1", "blunt2"])
        {
            await server.SettleAsync(target);
            var name = server.Service.At(Scripts.Echo);
            using var client = await server.ConnectRawAsync();

            await client.SendAsync(Bytes($"POST /api/relay/{target}/{name} HTTP/1.1\r\nHost: h\r\n{headers}\r\n\r\n{body}{Hidden}"), Token);
            var answer = await ReadOrClosedAsync(client);

            Assert.True(answer is null or { Status: 400 }, $"{what}: {answer?.Status} {answer?.Body}");
            if (server.Service.HasSeen(name))
                Assert.NotEqual("whole", await (await server.Service.SeenAsync(name)).OutcomeAsync());
            // Whatever came behind it is not looked at.
            await client.UntilClosedAsync(Token);
            await AssertCleanAsync(target);
        }
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 100", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding:\tCHUNKED", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Content_Length: 100\r\nContent-Length: 5", "hello")]
    [InlineData("Content-Length: 00005", "hello")]
    [InlineData("Content-Length: +5", "hello")]
    [InlineData("Transfer-Encoding: chunked", "0005;a=\"b\";c\r\nhello\r\n0;x=y\r\nX-Trailer: z\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "2\r\nhe\r\n3\r\nllo\r\n000\r\n\r\n")]
    public async Task What_is_taken_means_the_same_to_the_service(string headers, string body)
    {
        foreach (var target in (string[])["one", "two", "blunt1", "blunt2"])
        {
            await server.SettleAsync(target);
            var (name, second) = (server.Service.At(Scripts.Echo), server.Service.At(Scripts.Echo));
            var before = server.Service.Log.Count;
            using var client = await server.ConnectRawAsync();

            await client.SendAsync(
                Bytes(
                    $"POST /api/relay/{target}/{name} HTTP/1.1\r\nHost: "
                        + $"h\r\n{headers}\r\n\r\n{body}GET /api/relay/{target}/{second} HTTP/1.1\r\nHost: h\r\n\r\n"), Token);
            var answer = await ReadOrClosedAsync(client);

            Assert.True(answer is null or { Status: 400 or 501 } or { Status: 200 }, $"{answer?.Status} {answer?.Body}");
            if (answer?.Status == 200)
            {
                var exchange = await server.Service.SeenAsync(name);
                Assert.Equal(("whole", 5L), (await exchange.OutcomeAsync(), exchange.Bytes));
                // One framing, and in the plain notation.
                Assert.Equal(
                    headers.Contains("chunked", StringComparison.OrdinalIgnoreCase)
                        ? exchange.Protocol == "HTTP/2" ? null : "chunked"
                        : "5", exchange.Framing);
                Assert.True(exchange.Header("Content-Length") is null || exchange.Header("Transfer-Encoding") is null);
            }
            else
                Assert.False(server.Service.HasSeen(name));
            // The second request is one of its own, or is not looked at; its answer is never the first one's.
            if (await ReadOrClosedAsync(client) is { } next)
            {
                Assert.Equal("200 0 ", next.Status + " " + next.Body[..2]);
                Assert.Equal([$"POST /{name}", $"GET /{second}"], server.Service.Log.Skip(before));
            }
            else
                Assert.DoesNotContain($"GET /{second}", server.Service.Log);
            await AssertCleanAsync(target);
        }
    }

    [Fact]
    public async Task A_request_in_a_body_stays_a_body()
    {
        foreach (var target in (string[])["one", "two", "blunt1", "blunt2"])
        {
            await server.SettleAsync(target);
            foreach (var (headers, body) in ((string, string)[])
            [
                ($"Content-Length: {Hidden.Length}", Hidden),
                ("Transfer-Encoding: chunked", $"{Hidden.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n{Hidden}\r\n0\r\n\r\n"),
                ("Transfer-Encoding: chunked", $"0\r\nX: y\r\n\r\n"),
            ])
            {
                var name = server.Service.At(Scripts.Echo);
                using var client = await server.ConnectRawAsync();
                await client.SendAsync($"POST /api/relay/{target}/{name} HTTP/1.1\r\nHost: h\r\n{headers}\r\n\r\n{body}", Token);
                await AssertStatusAsync(200, client, target);
                Assert.Equal("whole", await (await server.Service.SeenAsync(name)).OutcomeAsync());
                await AssertCleanAsync(target);
            }
        }
    }

    [Fact]
    public async Task A_body_that_the_service_did_not_read_is_not_its_next_request()
    {
        foreach (var target in (string[])["one", "two", "blunt1", "blunt2"])
        {
            await server.SettleAsync(target);
            foreach (var status in (int[])[200, 403])
            {
                var name = server.Service.At(Scripts.Status(status));
                using var client = await server.ConnectRawAsync();
                await client.SendAsync(
                    $"POST /api/relay/{target}/{name} HTTP/1.1\r\nHost: h\r\nContent-Length: {Hidden.Length}\r\n\r\n{Hidden}", Token);
                await AssertStatusAsync(status, client, target);
                await AssertCleanAsync(target);
            }
        }
    }

    [Fact]
    public async Task Answers_that_hide_another_are_not_the_next_clients()
    {
        foreach (var answer in (string[])
        [
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsmuggled",
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: "
                + "100\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 50\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled",
        ])
        {
            server.Raw.Answer(answer);
            server.Raw.Answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown");

            var first = await server.RelayAsync("raw", "first");
            Assert.DoesNotContain("smuggled", first.Body, StringComparison.Ordinal);
            Assert.Equal("own", (await server.RelayAsync("raw", "second")).Body);
        }
    }

    // The next client gets its own answer, over a connection of the pool if there is one, and nothing hidden came out.
    private static async Task AssertStatusAsync(int status, RawClient client, string target)
    {
        var answer = await client.ReadAsync(Token);
        Assert.True(answer.Status == status, $"{target}: {answer.Problem}\n{answer.Body}");
    }

    private async Task AssertCleanAsync(string target)
    {
        var name = server.Service.At(static (context, _) => Scripts.WriteAsync(context, "own"));
        using var client = await server.ConnectRawAsync();
        await client.SendAsync($"GET /api/relay/{target}/{name} HTTP/1.1\r\nHost: h\r\n\r\n", Token);
        var answer = await client.ReadAsync(Token);
        Assert.Equal("200 own", $"{answer.Status} {answer.Body}");
        Assert.DoesNotContain("GET /hidden", server.Service.Log);
        // A request that is aborted on purpose ends like that; nothing else may come that is no HTTP.
        Assert.DoesNotContain(server.Service.BadRequests.Skip(_badBefore), static why => why != "Unexpected end of request content.");
    }

    private static async Task<Answer?> ReadOrClosedAsync(RawClient client)
    {
        try
        {
            return await client.ReadAsync(Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
