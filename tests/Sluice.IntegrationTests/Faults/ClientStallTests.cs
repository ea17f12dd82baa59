using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Clients that stay on the line and send nothing, or very little.</summary>
public sealed class ClientStallTests(ClientStallTests.Fixture sluice) : IClassFixture<ClientStallTests.Fixture>
{
    private const int BodyBytes = 3 * TestBody.Mib;

    // Ten times the pause of a client that drips: a busy machine stretches that, too.
    private static readonly TimeSpan _idleTimeout = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked, 0, "peek")]
    [InlineData(Framing.Length, 0, "peek")]
    [InlineData(Framing.Chunked, 1000, "peek")]
    [InlineData(Framing.Length, 1000, "peek")]
    [InlineData(Framing.Chunked, 100_000, "transfer")]
    [InlineData(Framing.Length, 100_000, "transfer")]
    [InlineData(Framing.Chunked, BodyBytes - 1, "transfer")]
    [InlineData(Framing.Length, BodyBytes - 1, "transfer")]
    public async Task A_client_that_stops_sending_is_told_so_after_the_idle_time(Framing framing, int sent, string phase)
    {
        var blob = $"stalled-{framing}-{sent}";
        var before = await sluice.SeedAsync(blob);
        var began = Stopwatch.GetTimestamp();
        using var client = await sluice.BeginAsync(blob, framing.Header(BodyBytes));
        await framing.SendAsync(client, TestBody.Of(sent), Cancelled);

        var answer = await client.ReadAsync(Cancelled);

        Assert.Equal($"408 client-stalled {phase} client", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.InRange(Stopwatch.GetElapsedTime(began), 0.9 * _idleTimeout, TimeSpan.MaxValue);
        Assert.Equal(before, await sluice.VisibleAsync(blob));
        await sluice.AssertHealthyAsync();
    }

    [Fact]
    public Task A_client_that_sends_a_byte_now_and_then_takes_as_long_as_it_wants() =>
        Task.WhenAll(DripAsync(Framing.Chunked), DripAsync(Framing.Length));

    [Fact]
    public async Task A_stalled_stream_of_HTTP2_is_told_so_too()
    {
        using var http2 = ServerClient.Create(sluice.Server.Addresses[1]);
        http2.Timeout = SluiceFixture.Patience;
        using var stalling = new StallingContent(100_000);
        using var request = new HttpRequestMessage(HttpMethod.Put, sluice.PathOf("http2"))
        {
            Content = stalling,
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await http2.SendAsync(request, Cancelled);
        Assert.Equal("408 client-stalled", (await Answer.OfAsync(response, Cancelled)).Problem);
        Assert.Equal("nothing", await sluice.VisibleAsync("http2"));
    }

    private async Task DripAsync(Framing framing)
    {
        // Three idle time-outs long, half of it in the first window, and half of it beyond, where the body must be slow too.
        var (blob, body) = ($"slow-{framing}", TestBody.Of(10_030));
        using var client = await sluice.BeginAsync(blob, framing.Header(body.Length));
        using var pace = new PeriodicTimer(_idleTimeout / 10);
        for (var sent = 0; sent < 15; sent++, await pace.WaitForNextTickAsync(Cancelled))
            await framing.SendAsync(client, body.AsMemory(sent, 1), Cancelled);
        await framing.SendAsync(client, body.AsMemory(15, 10_000), Cancelled);
        for (var sent = 10_015; sent < body.Length; sent++, await pace.WaitForNextTickAsync(Cancelled))
            await framing.SendAsync(client, body.AsMemory(sent, 1), Cancelled);
        if (framing == Framing.Chunked)
            await client.SendChunkAsync(default, Cancelled);

        await sluice.AssertStoredAsync(blob, body, await client.ReadAsync(Cancelled));
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Body:IdleTimeout", $"{_idleTimeout:c}"),
        ("Sluice:Body:DrainTimeout", "00:00:00.5"),
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"),
        ("Kestrel:Endpoints:A:Url", "http://127.0.0.1:0"),
        ("Kestrel:Endpoints:B:Url", "http://127.0.0.1:0"),
        ("Kestrel:Endpoints:B:Protocols", "Http2"));
}
