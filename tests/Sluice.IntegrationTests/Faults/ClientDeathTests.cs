using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Clients that go away before their body is whole.</summary>
public sealed class ClientDeathTests(ClientDeathTests.Fixture sluice) : IClassFixture<ClientDeathTests.Fixture>
{
    private const int Deaths = 50;
    private const int Seed = 20_260_727;
    private const int BodyBytes = 3 * TestBody.Mib;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_clients_that_die_at_any_offset_leave_nothing_and_change_nothing()
    {
        var body = TestBody.Of(BodyBytes);
        var random = new Random(Seed);
        for (var i = 0; i < Deaths; i++)
        {
            var (blob, framing, seeded) = ($"dying-{i}", (Framing)(i % 2), i / 2 % 2 == 1);
            var offset = random.Next(BodyBytes);
            var before = seeded ? await sluice.SeedAsync(blob) : "nothing";

            // 30 broken connections, 30 % of them in the first window, and 20 dead processes.
            await DieAsync(
                (i % 5) switch
                {
                    0 or 1 => Reset,
                    2 => Finish,
                    _ => Kill
                }, blob, framing, body.AsMemory(0, i % 3 == 0 ? offset / 500 : offset));

            Assert.StartsWith($"client-gone: {blob} was abandoned in ", await sluice.OutcomeAsync(blob), StringComparison.Ordinal);
            Assert.True(before == await sluice.VisibleAsync(blob), $"Death {i} of seed {Seed} at {offset} changed what is visible.");
        }

        // The memory for bodies is four blocks: had some of the fifty kept theirs, there would be none left.
        await sluice.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_client_of_HTTP2_that_resets_its_stream_leaves_nothing_and_its_connection_goes_on()
    {
        using var client = Http2();
        var before = await sluice.SeedAsync("http2");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using var endless = new EndlessContent();

        var sending = client.PutAsync(new Uri(sluice.PathOf("http2"), UriKind.Relative), endless, giveUp.Token);
        await sluice.UntilAskedAsync(StorageOperation.PutBlock, "http2");
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.StartsWith("client-gone: http2 ", await sluice.OutcomeAsync("http2"), StringComparison.Ordinal);
        Assert.Equal(before, await sluice.VisibleAsync("http2"));
        var body = TestBody.Of(2 * TestBody.Mib);
        using var response = await client.PutAsync(
            new Uri(sluice.PathOf("http2"), UriKind.Relative), new ByteArrayContent(body), Cancelled);
        await sluice.AssertStoredAsync("http2", body, await Answer.OfAsync(response, Cancelled));
    }

    [Fact]
    public async Task A_hundred_streams_of_HTTP2_that_are_reset_while_the_server_waits_are_nothing_unexpected()
    {
        using var client = Http2();
        await sluice.AssertHealthyAsync();
        for (var i = 0; i < 100; i++)
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            using var stalling = new StallingContent(100);
            var sending = client.PutAsync(new Uri(sluice.PathOf($"stream-{i}-"), UriKind.Relative), stalling, giveUp.Token);
            await stalling.Stalled.WaitAsync(SluiceFixture.Patience, Cancelled);
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            Assert.StartsWith($"client-gone: stream-{i}- ", await sluice.OutcomeAsync($"stream-{i}-"), StringComparison.Ordinal);
        }
        await sluice.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_client_that_dies_while_storage_is_slow_is_still_the_client_that_went()
    {
        var stalled = sluice.Storage.Fail(StorageOperation.PutBlock, "both", StorageFaults.Stall);
        using (var client = await sluice.BeginAsync("both", Framing.Length.Header(BodyBytes)))
        {
            await client.SendAsync(TestBody.Of(TestBody.Mib + 1), Cancelled);
            await stalled.Reached.WaitAsync(SluiceFixture.Patience, Cancelled);
            client.Reset();
        }

        Assert.StartsWith("client-gone: both was abandoned in Transfer", await sluice.OutcomeAsync("both"), StringComparison.Ordinal);
        Assert.Equal("nothing", await sluice.VisibleAsync("both"));
    }

    private HttpClient Http2()
    {
        var client = ServerClient.Create(sluice.Server.Addresses[1]);
        client.DefaultRequestVersion = new Version(2, 0);
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.Timeout = SluiceFixture.Patience;
        return client;
    }

    private static Task Reset(RawClient client)
    {
        client.Reset();
        return Task.CompletedTask;
    }

    private static async Task Finish(RawClient client)
    {
        client.Finish();
        await client.UntilClosedAsync(Cancelled);
    }

    private static Task Kill(RawClient client) => throw new InvalidOperationException("This one is a process.");

    private async Task DieAsync(Func<RawClient, Task> die, string blob, Framing framing, ReadOnlyMemory<byte> sent)
    {
        if (die == Kill && CurlProcess.IsThere)
        {
            await KillCurlAsync(blob, framing, sent);
            return;
        }
        using var client = await sluice.BeginAsync(blob, framing.Header(BodyBytes));
        await framing.SendAsync(client, sent, Cancelled);
        await (die == Kill ? Reset : die)(client);
    }

    private async Task KillCurlAsync(string blob, Framing framing, ReadOnlyMemory<byte> sent)
    {
        string[] length = framing == Framing.Length ? ["-H", "Transfer-Encoding:", "-H", framing.Header(BodyBytes)] : [];
        using var curl = CurlProcess.Start(
        [
            "-T", "-", .. length, "-H", "Expect: 100-continue", "--expect100-timeout", "60",
            new Uri(sluice.Server.Address, sluice.PathOf(blob)).ToString()
        ]);
        await curl.UntilSaidAsync("< HTTP/1.1 100", Cancelled);
        await curl.Input.WriteAsync(sent, Cancelled);
        await curl.Input.FlushAsync(Cancelled);
        curl.Kill();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Memory:BudgetBytes", $"{4 * TestBody.Mib}"),
        ("Kestrel:Endpoints:A:Url", "http://127.0.0.1:0"),
        ("Kestrel:Endpoints:B:Url", "http://127.0.0.1:0"),
        ("Kestrel:Endpoints:B:Protocols", "Http2"));
}
