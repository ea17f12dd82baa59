using System.Net.Sockets;
using System.Net.WebSockets;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// No connection is handed over to what is not HTTP: the guards of a body see nothing of a tunnel. An <c>Upgrade</c> is ignored, as any
/// server may (RFC 9110, section 7.8), and what is left is a plain request.
/// </summary>
[Collection<OnRelayServer>]
public sealed class UpgradeTests(RelayServer server)
{
    private const string Handshake =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("plain")]
    public async Task A_handshake_of_a_WebSocket_arrives_as_a_plain_request(string target)
    {
        var path = server.Service.At(Scripts.Status(426));
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n{Handshake}\r\n", Token);

        Assert.Equal(426, (await client.ReadAsync(Token)).Status);
        var exchange = await server.Service.SeenAsync(path);
        Assert.Equal((null, null, 0L), (exchange.Header("Upgrade"), exchange.Header("Connection"), exchange.Bytes));
        // The connection is what it was: HTTP.
        await client.SendAsync($"GET /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n\r\n", Token);
        Assert.Equal(426, (await client.ReadAsync(Token)).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_client_of_WebSockets_is_told_that_there_are_none(int http)
    {
        var path = server.Service.At(Scripts.Echo);
        using var socket = new ClientWebSocket
        {
            Options = { HttpVersion = new Version(http, http == 1 ? 1 : 0), HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact }
        };
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });

        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(
                new UriBuilder(server.Address(http)) { Scheme = "ws", Path = $"/api/relay/one/{path}" }.Uri, invoker, Token));

        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\n")]
    [InlineData("")]
    public async Task A_service_that_switches_protocols_all_the_same_is_cut_off(string headers)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Raw.OnNext(async socket =>
        {
            await server.Raw.ReadHeadAsync(socket);
            await socket.SendAsync(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\ntunnelled"u8.ToArray(), Token);
            while (await socket.ReceiveAsync(new byte[100], SocketFlags.None, Token) > 0)
                continue;
            cut.SetResult();
        });
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/raw/x HTTP/1.1\r\nHost: h\r\n{headers}\r\n", Token);

        var answer = await client.ReadAsync(Token);
        Assert.Equal("502 downstream-broke", answer.Problem);
        Assert.DoesNotContain("tunnelled", answer.Body, StringComparison.Ordinal);
        await cut.Task.WaitAsync(SluiceFixture.Patience, Token);
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("CONNECT one:80 HTTP/1.1")]
    [InlineData("CONNECT /api/relay/one/x HTTP/1.1")]
    [InlineData("TRACE /api/relay/one/x HTTP/1.1")]
    public async Task Tunnels_and_mirrors_are_refused(string line)
    {
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"{line}\r\nHost: one:80\r\n\r\n", Token);

        Assert.InRange((await client.ReadAsync(Token)).Status, 400, 405);
    }
}
