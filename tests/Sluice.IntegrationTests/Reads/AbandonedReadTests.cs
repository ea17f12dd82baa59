using System.Net;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reads;

/// <summary>Clients that ask for much and stop reading.</summary>
[Collection<OnDefaultServer>]
public sealed class AbandonedReadTests(RunningServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_that_hang_up_in_the_middle_of_an_answer_leave_the_server_serving()
    {
        var content = await UploadAsync("hung-up");

        foreach (var _ in Enumerable.Range(0, 8))
        {
            using var connection = await server.ConnectAsync();
            await connection.SendHeadAsync($"GET {server.PathOf("hung-up")} HTTP/1.1");
            Assert.Equal(200, (await connection.ReadHeadAsync()).Status);
            connection.Reset();
        }

        await AssertServesAsync("hung-up", content);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Answers_that_are_abandoned_leave_the_server_serving(int http)
    {
        var name = $"abandoned-{http}";
        var content = await UploadAsync(name);

        foreach (var _ in Enumerable.Range(0, 8))
        {
            // Disposing closes the connection (HTTP/1.1) or resets the stream (HTTP/2).
            using var answer = await server.OpenAsync(HttpMethod.Get, server.PathOf(name), http);
            await using var stream = await answer.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[10], Token);
        }

        await AssertServesAsync(name, content, http);
    }

    private async Task<byte[]> UploadAsync(string name)
    {
        // More than the buffers of two sockets and of Kestrel.
        var content = Payload.Random(20_000_000);
        await server.Container.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true, Token);
        return content;
    }

    private async Task AssertServesAsync(string name, byte[] content, int http = 1)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, server.PathOf(name), http: http);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Payload.AssertSame(content, await answer.Content.ReadAsByteArrayAsync(Token));
    }
}
