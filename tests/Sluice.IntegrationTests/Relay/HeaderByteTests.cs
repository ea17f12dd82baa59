using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// Field values are bytes (RFC 9110, section 5.5): whatever they are, they pass unchanged both ways, and harm nobody else.
/// </summary>
[Collection<OnRelayServer>]
public sealed class HeaderByteTests(RelayServer server)
{
    private const string Utf8 = "José résumé.pdf 日本語 😀";

    private static readonly string _utf8Bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Utf8));
    private static readonly string _all = $"a{new string([.. Enumerable.Range(0x80, 0x80).Select(static b => (char)b)])}z";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public async Task Every_byte_of_a_requests_headers_reaches_the_target(int client, int service)
    {
        var path = server.Service.At(Scripts.Echo);
        using var http = Client();
        using var request = Request($"{RelayServer.In(service)}/{path}", client);
        request.Headers.TryAddWithoutValidation("X-Name", "Jos\u00E9");
        request.Headers.TryAddWithoutValidation("X-Utf8", _utf8Bytes);
        request.Headers.TryAddWithoutValidation("X-All", _all);
        request.Headers.TryAddWithoutValidation("X-Half", "\u00C3");
        request.Headers.TryAddWithoutValidation("Cookie", "a=\u00E9; AppServiceAuthSession=x; b=\u00C3\u00A9");
        for (var b = 0x80; b <= 0xFF; b += 2)
            request.Headers.TryAddWithoutValidation($"X-B{b:X2}", [$"{(char)b}", $"{(char)(b + 1)}"]);

        using var answer = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var seen = await server.Service.SeenAsync(path);
        Assert.Equal("Jos\u00E9", seen.Header("X-Name"));
        Assert.Equal(_utf8Bytes, seen.Header("X-Utf8"));
        Assert.Equal(_all, seen.Header("X-All"));
        Assert.Equal("\u00C3", seen.Header("X-Half"));
        Assert.Equal("a=\u00E9; b=\u00C3\u00A9", seen.Header("Cookie"));
        for (var b = 0x80; b <= 0xFF; b += 2)
            Assert.Equal($"{(char)b}, {(char)(b + 1)}", seen.Header($"X-B{b:X2}")?.Replace("\n", ", ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public async Task Every_byte_of_an_answers_headers_and_trailers_reaches_the_client(int client, int service)
    {
        var disposition = $"attachment; filename=\"{_utf8Bytes}\"";
        var path = server.Service.At(async (context, exchange) =>
        {
            await exchange.ReadAsync();
            context.Response.Headers.ContentDisposition = disposition;
            context.Response.Headers["X-Name"] = "Jos\u00E9";
            context.Response.Headers["X-All"] = new([_all, "two"]);
            if (context.Response.SupportsTrailers())
                context.Response.AppendTrailer("X-Trailer", _all);
            await context.Response.WriteAsync("stored", context.RequestAborted);
        });
        using var http = Client();
        using var request = Request($"{RelayServer.In(service)}/{path}", client);

        using var answer = await http.SendAsync(request, Token);

        Assert.Equal("200 stored", $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
        Assert.Equal(disposition, answer.Content.Headers.NonValidated["Content-Disposition"].ToString());
        Assert.Equal("Jos\u00E9", answer.Headers.NonValidated["X-Name"].ToString());
        Assert.Equal([_all, "two"], answer.Headers.NonValidated["X-All"]);
        if (client == 2 && service == 2)
            Assert.Equal(_all, answer.TrailingHeaders.NonValidated["X-Trailer"].ToString());
    }

    [Fact]
    public async Task Over_a_bare_socket_the_bytes_are_the_same_on_both_sides()
    {
        string? received = null;
        server.Raw.OnNext(async socket =>
        {
            received = await server.Raw.ReadHeadAsync(socket);
            await socket.SendAsync(
                Encoding.Latin1.GetBytes(
                    $"HTTP/1.1 200 OK\r\nX-Back: {_all}\r\nX-Back: {_utf8Bytes}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Token);
        });
        using var client = await server.ConnectRawAsync();

        await client.SendAsync(Encoding.Latin1.GetBytes(
            $"GET /api/relay/raw/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-There: {_all}\r\nX-There: {_utf8Bytes}\r\n\r\n"), Token);
        var answer = await client.ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"X-Back: {_all}\r\nX-Back: {_utf8Bytes}\r\n", answer, StringComparison.Ordinal);
        // Several lines of a field are one list (RFC 9110, section 5.3).
        Assert.Equal(
            $"{_all}, {_utf8Bytes}",
            string.Join(", ", received!.Split("\r\n").Where(static line => line.StartsWith("X-There: ", StringComparison.Ordinal)).Select(
                static line => line["X-There: ".Length..])));
    }

    [Fact]
    public async Task A_neighbour_on_the_same_HTTP2_connection_does_not_notice()
    {
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = server.Service.At(async (context, exchange) =>
        {
            await exchange.ReadAsync();
            await goesOn.Task.WaitAsync(context.RequestAborted);
            await Scripts.WriteAsync(context, "unharmed");
        });
        using var http = Client();
        using var neighbour = Request($"one/{waiting}", 2);
        var unharmed = http.SendAsync(neighbour, Token);
        await server.Service.SeenAsync(waiting);

        foreach (var path in (string[])[
            $"/api/relay/one/{server.Service.At(Scripts.Echo)}", "/api/health/live", "/api/blobs/nowhere/x", "/nothing"])
        {
            foreach (var value in (string[])["\u00E9", _utf8Bytes, _all])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address(2), path))
                {
                    Version = HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact
                };
                request.Headers.TryAddWithoutValidation("X-Name", value);
                using var answer = await http.SendAsync(request, Token);
                Assert.NotEqual(HttpStatusCode.BadGateway, answer.StatusCode);
            }
        }

        goesOn.SetResult();
        using var late = await unharmed;
        Assert.Equal("unharmed", await late.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_storage_does_not_take_is_refused_before_the_body(int http)
    {
        using var client = Client();
        foreach (var (name, value, expected) in ((string, string, string)[])
        [
            ("x-ms-meta-name", "Jos\u00E9", "400 header-invalid"),
            ("x-ms-meta-name", _utf8Bytes, "400 header-invalid"),
            ("Content-Disposition", $"attachment; filename=\"{_utf8Bytes}\"", "400 header-invalid"),
            ("Content-Language", "\u00FF", "400 header-invalid"),
            ("If-Match", "\"\u00E9\"", "412 precondition-failed"),
            ("If-None-Match", "\"\u00E9\"", "201 "),
        ])
        {
            using var request = Request("", http, HttpMethod.Put, server.PathOf($"bytes-{http}"));
            request.Content = new ByteArrayContent([1, 2, 3]);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(
                name, value));

            using var response = await client.SendAsync(request, Token);

            var answer = await Answer.OfAsync(response, Token);
            Assert.Equal(expected, answer.Status == 201 ? "201 " : answer.Problem);
        }
    }

    [Theory]
    [InlineData("X-Name: a\0b")]
    [InlineData("X-Name: a\rb")]
    [InlineData("X-N\u00E9me: x")]
    public async Task Bytes_that_no_value_has_are_still_refused(string line)
    {
        var before = server.Service.Log.Count;
        using var client = await server.ConnectRawAsync();

        await client.SendAsync(Encoding.Latin1.GetBytes($"GET /api/relay/one/refused-bytes HTTP/1.1\r\nHost: h\r\n{line}\r\n\r\n"), Token);

        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadToEndAsync(Token), StringComparison.Ordinal);
        Assert.Equal(before, server.Service.Log.Count);
    }

    // One character a byte, so that every byte can be sent and seen.
    private static HttpClient Client()
    {
        var client = ServerClient.Create(connections: new SocketsHttpHandler
        {
            UseProxy = false,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        });
        client.Timeout = SluiceFixture.Patience;
        return client;
    }

    private HttpRequestMessage Request(string relayed, int http, HttpMethod? method = null, string? path = null) =>
        new(method ?? HttpMethod.Get, new Uri(server.Address(http), path ?? $"/api/relay/{relayed}"))
        {
            Version = http == 2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
}
