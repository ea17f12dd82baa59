using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// A service that responds without asking for the body: over HTTP/2 HttpClient begins that body beside the response, on one processor
/// after it. By then the client's connection may carry another request.
/// </summary>
public sealed class LateBodyTests(AzuriteFixture azurite)
{
    private const int Requests = 20;

    // A response that is complete, and one that can't be passed on.
    public static TheoryData<int, byte[], string> Responses => new()
    {
        { 200, [0x88], "Content-Length: 3\r\n\r\nabc" },
        { 502, [0x88, .. RawHttp2.Field("x-name", "a\u0001b")], "Content-Length: 3\r\n\r\nabc" },
        { 200, [0x88], "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task No_service_gets_a_byte_of_the_next_request(int status, byte[] fields, string body)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var hasty = new RawService();
        await using var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = ["late-bodies"],
                More = new Dictionary<string, string>
                {
                    ["DOTNET_PROCESSOR_COUNT"] = "1",
                    ["Sluice:Relay:Targets:hasty:Address"] = $"{hasty.Address}",
                    ["Sluice:Relay:Targets:hasty:HttpVersion"] = "Http2",
                    ["Sluice:Relay:Targets:honest:Address"] = $"{service.Address()}",
                },
            },
            Token);
        using var client = await RawClient.ConnectAsync(server.Address, Token);
        var received = new ConcurrentQueue<byte[]>();
        // Longer than what is promised to the hasty service, so that it can't end there unnoticed.
        var secret = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("secret ", 15_000)));

        for (var request = 0; request < Requests; request++)
        {
            hasty.OnNext(socket => RespondAsync(socket, fields, received));
            var path = service.At(Scripts.Echo);

            // Both at once: when the first is over, the second is there.
            await client.SendAsync(
                (byte[])
                [
                    .. Encoding.ASCII.GetBytes(
                        $"POST /api/relay/hasty/first HTTP/1.1\r\nHost: h\r\n{body}"
                            + $"POST /api/relay/honest/{path} HTTP/1.1\r\nHost: h\r\nContent-Length: {secret.Length}\r\n\r\n"),
                    .. secret,
                ],
                Token);

            var first = await client.ReadAsync(Token);
            Assert.True(first.Status == status, $"{request}: {first.Status} {first.Body}");
            var second = await client.ReadAsync(Token);
            var leaked = Encoding.Latin1.GetString([.. received.SelectMany(static bytes => bytes)]);
            Assert.DoesNotContain("secret", leaked, StringComparison.Ordinal);
            Assert.True(second.Status == 200, $"{request}: {second.Status} {second.Body}");
            Assert.Equal(secret.Length, (await service.SeenAsync(path)).Bytes);
        }
    }

    // Responds in whole; whatever comes afterwards is kept.
    private static async Task RespondAsync(Socket socket, byte[] fields, ConcurrentQueue<byte[]> received)
    {
        await RawHttp2.RespondAsync(socket, RawHttp2.Frame(1, 5, fields), Token);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await socket.ReceiveAsync(buffer, Token)) > 0;)
            received.Enqueue(buffer[..count]);
    }
}
