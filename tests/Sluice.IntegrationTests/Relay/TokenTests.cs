using System.Diagnostics;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Targets that want to know who we are: <c>TokenScope</c>.</summary>
public sealed class TokenTests(TokenServer server) : IClassFixture<TokenServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hosts_token_is_sent_instead_of_the_clients_and_asked_for_once()
    {
        for (var i = 0; i < 3; i++)
        {
            var path = server.Service.At(Scripts.Echo);

            using var answer = await server.SendAsync(
                HttpMethod.Post, $"/api/relay/orders/{path}", Payload.Content([1]), 1, ("Authorization", "Bearer the-clients-own"));

            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("Bearer token 1", (await server.Service.SeenAsync(path)).Header("Authorization"));
        }
        Assert.Equal(1, server.Tokens);
    }

    [Theory]
    [InlineData("closed", 0)]
    [InlineData("slow", 0.8)]
    public async Task Without_a_token_nothing_is_sent_and_the_client_is_not_kept_waiting(string target, double least)
    {
        var (path, began) = (server.Service.At(Scripts.Echo), Stopwatch.GetTimestamp());
        using var client = await RawClient.ConnectAsync(server.Address(), Token);

        await client.SendAsync(
            $"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", Token);

        var answer = await client.ReadAsync(Token);
        Assert.Equal("502 downstream-denied open downstream", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.Equal("close", answer.Header("Connection"));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(least), TimeSpan.MaxValue);
        Assert.False(server.Service.HasSeen(path));
    }
}
