using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Clients that go away: the service never takes what came of their bodies for whole.</summary>
[Collection<OnRelayServer>]
public sealed class RelayedClientFailureTests(RelayServer server)
{
    private const int BodyBytes = 300_000;
    private const int Bytes = 50_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Framing, int, bool> Deaths
    {
        get
        {
            var data = new TheoryData<string, Framing, int, bool>();
            foreach (var target in (string[])["one", "two", "blunt1", "blunt2"])
            {
                foreach (var framing in (Framing[])[Framing.Chunked, Framing.Length])
                {
                    foreach (var sent in (int[])[1, 100_000, BodyBytes - 1])
                    {
                        data.Add(target, framing, sent, true);
                        data.Add(target, framing, sent, false);
                    }
                }
                // Every byte, but not the last chunk.
                data.Add(target, Framing.Chunked, BodyBytes, true);
                data.Add(target, Framing.Chunked, BodyBytes, false);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_client_that_dies_in_its_body_leaves_the_service_an_aborted_request(
        string target, Framing framing, int sent, bool reset)
    {
        await server.SettleAsync(target);
        var path = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();
        await client.SendAsync($"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n{framing.Header(BodyBytes)}\r\n\r\n", Token);
        await framing.SendAsync(client, TestBody.Of(sent), Token);
        var exchange = await server.Service.SeenAsync(path);

        if (reset)
            client.Reset();
        else
            client.Finish();

        Assert.Equal("aborted", await exchange.OutcomeAsync());
        Assert.Null(exchange.Sha256);
        Assert.StartsWith(
            $"client-gone: {target}:/{path} was abandoned in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", 1, true)]
    [InlineData("one", 100_000, false)]
    [InlineData("two", 1, true)]
    [InlineData("two", 100_000, false)]
    public async Task Two_hundred_clients_that_die_while_the_service_asks_for_their_bodies_leave_no_whole_one(
        string target, int sent, bool reset)
    {
        for (var i = 0; i < 200; i++)
        {
            var path = server.Service.At(Scripts.Echo);
            using var client = await server.ConnectRawAsync();
            await client.SendAsync($"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n{Framing.Chunked.Header(0)}\r\n\r\n", Token);
            await client.SendChunkAsync(TestBody.Of(sent), Token);
            var exchange = await server.Service.SeenAsync(path);

            if (reset)
                client.Reset();
            else
                client.Finish();

            Assert.Equal("aborted", await exchange.OutcomeAsync());
        }
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_stream_of_HTTP2_that_is_reset_in_its_body_leaves_the_service_an_aborted_request(string target)
    {
        for (var i = 0; i < 10; i++)
        {
            var path = server.Service.At(Scripts.Echo);
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
            using var stalling = new StallingContent(i * 20_000);
            var sending = server.RelayAsync(target, path, stalling, http: 2, cancellationToken: giveUp.Token);
            await stalling.Stalled.WaitAsync(SluiceFixture.Patience, Token);
            var exchange = await server.Service.SeenAsync(path);

            await giveUp.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            Assert.Equal("aborted", await exchange.OutcomeAsync());
            Assert.StartsWith(
                $"client-gone: {target}:/{path} was abandoned in Transfer", await server.OutcomeAsync(target, path),
                StringComparison.Ordinal);
        }
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("one", Bytes - 1)]
    [InlineData("two", 1)]
    public async Task A_stream_of_HTTP2_that_has_every_byte_and_no_end_is_not_whole(string target, int arrives)
    {
        var path = server.Service.At(Scripts.Echo);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var stalling = new StallingContent(Bytes) { Headers = { ContentLength = Bytes } };
        var sending = server.RelayAsync(target, path, stalling, http: 2, cancellationToken: giveUp.Token);
        var exchange = await server.Service.SeenAsync(path);
        // All but the one that is kept back; over HTTP/2, HttpClient keeps more.
        await exchange.UntilAsync(arrives);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal("aborted", await exchange.OutcomeAsync());
        Assert.InRange(exchange.Bytes, arrives, Bytes - 1);
    }

    [Theory]
    [InlineData("one", true)]
    [InlineData("one", false)]
    [InlineData("two", true)]
    [InlineData("two", false)]
    public async Task A_client_that_leaves_before_it_is_answered_is_not_waited_for(string target, bool reset)
    {
        var (whole, left) = (
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var path = server.Service.At(async (context, exchange) =>
        {
            await exchange.ReadAsync();
            whole.SetResult();
            await using var registration = context.RequestAborted.Register(left.SetResult);
            await Scripts.Stall(context, exchange);
        });
        using var client = await server.ConnectRawAsync();
        await client.SendAsync($"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", Token);
        await whole.Task.WaitAsync(SluiceFixture.Patience, Token);

        if (reset)
            client.Reset();
        else
            client.Finish();

        await left.Task.WaitAsync(SluiceFixture.Patience, Token);
        Assert.StartsWith(
            $"client-gone: {target}:/{path} was abandoned in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", true)]
    [InlineData("one", false)]
    [InlineData("two", true)]
    [InlineData("two", false)]
    public async Task A_client_that_leaves_in_the_answer_ends_it(string target, bool sized)
    {
        var path = server.Service.At(Scripts.Send(20_000_000, sized));
        using var client = await server.ConnectRawAsync();
        await client.SendAsync($"GET /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n\r\n", Token);
        await server.Service.SeenAsync(path);
        Assert.False(await client.IsSilentAsync(SluiceFixture.Patience, Token));

        client.Reset();

        Assert.StartsWith(
            $"client-gone: {target}:/{path} was abandoned in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
        await (await server.Service.SeenAsync(path)).OutcomeAsync();
        await server.AssertHealthyAsync();
    }
}
