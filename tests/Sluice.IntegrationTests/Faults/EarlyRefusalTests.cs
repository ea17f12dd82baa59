using System.Diagnostics;
using System.Net.Sockets;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Bodies that are refused before they are read, and clients that send them all the same.</summary>
public sealed class EarlyRefusalTests(EarlyRefusalTests.Fixture sluice) : IClassFixture<EarlyRefusalTests.Fixture>
{
    private const string Refused = "/api/blobs/not-open-here/x";
    private const int DrainBytes = 32 * TestBody.Mib;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.Length)]
    public async Task A_client_that_asks_first_is_refused_without_a_100_and_never_sends_its_body(Framing framing)
    {
        using var client = await sluice.ConnectAsync();
        await client.SendHeadAsync(Refused, [framing.Header(20_000_000), "Expect: 100-continue"], Cancelled);
        var answer = await client.ReadAsync(Cancelled);
        Assert.Equal("404 container-unknown", answer.Problem);
        Assert.Equal("close", answer.Header("Connection"));
        Assert.True(await client.IsSilentAsync(TimeSpan.FromSeconds(0.3), Cancelled));
    }

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.Length)]
    public async Task A_client_that_sends_20_MB_before_it_listens_still_sees_the_answer(Framing framing)
    {
        var body = TestBody.Of(20_000_000);
        using var client = await sluice.ConnectAsync();
        await client.SendHeadAsync(Refused, [framing.Header(body.Length)], Cancelled);
        await framing.SendAsync(client, body, Cancelled);
        if (framing == Framing.Chunked)
            await client.SendChunkAsync(default, Cancelled);
        Assert.Equal("404 container-unknown", (await client.ReadAsync(Cancelled)).Problem);
        // The body is gone to its last byte, so the connection goes on.
        await client.SendHeadAsync(sluice.PathOf($"after-{framing}"), ["Content-Length: 5"], Cancelled);
        await client.SendAsync("hello", Cancelled);
        await sluice.AssertStoredAsync($"after-{framing}", "hello"u8.ToArray(), await client.ReadAsync(Cancelled));
    }

    [Fact]
    public async Task A_refused_body_without_end_is_cut()
    {
        using var client = await sluice.ConnectAsync();
        await client.SendHeadAsync(Refused, [Framing.Chunked.Header(0)], Cancelled);
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        var piece = TestBody.Of(64 * 1024);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < SluiceFixture.Patience)
            {
                await client.SendChunkAsync(piece, Cancelled);
                sent += piece.Length;
            }
        });
        // What is over was on its way, in the buffers of two sockets.
        Assert.InRange(sent, 0, DrainBytes + 16 * TestBody.Mib);
        await sluice.AssertHealthyAsync();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite, ("Sluice:Body:DrainBytes", $"{DrainBytes}"));
}
