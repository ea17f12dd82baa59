using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Clients that stop sending, bodies and answers that are too large, methods that are not taken.</summary>
public sealed class RelayLimitTests(StrictRelayServer server) : IClassFixture<StrictRelayServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("one", Framing.Chunked, 1000)]
    [InlineData("one", Framing.Length, 1000)]
    [InlineData("two", Framing.Chunked, 1000)]
    [InlineData("two", Framing.Length, 1000)]
    [InlineData("one", Framing.Chunked, 300_000)]
    [InlineData("one", Framing.Length, 299_999)]
    [InlineData("two", Framing.Chunked, 300_000)]
    [InlineData("two", Framing.Length, 299_999)]
    public async Task A_client_that_stops_sending_is_told_so_and_the_service_is_left(string target, Framing framing, int sent)
    {
        var path = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();
        await client.SendAsync($"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n{framing.Header(300_000)}\r\n\r\n", Token);
        await framing.SendAsync(client, TestBody.Of(sent), Token);

        var answer = await client.ReadAsync(Token);

        Assert.Equal("408 client-stalled transfer client", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.Equal("aborted", await (await server.Service.SeenAsync(path)).OutcomeAsync());
        Assert.StartsWith(
            $"Refused {target}:/{path}: ClientStalled in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_stream_of_HTTP2_that_stops_sending_is_told_so_too(string target)
    {
        var path = server.Service.At(Scripts.Echo);
        using var stalling = new StallingContent(100_000);

        var answer = await server.RelayAsync(target, path, stalling, http: 2);

        Assert.Equal("408 client-stalled", answer.Problem);
        Assert.Equal("aborted", await (await server.Service.SeenAsync(path)).OutcomeAsync());
    }

    [Fact]
    public async Task A_client_that_waits_for_a_slow_service_does_not_stall()
    {
        var path = server.Service.At(static async (context, exchange) =>
        {
            await exchange.ReadAsync(1);
            using var pace = new PeriodicTimer(1.5 * StrictRelayServer.IdleTimeout);
            await pace.WaitForNextTickAsync(context.RequestAborted);
            await Scripts.Echo(context, exchange);
        });

        Assert.Equal(200, (await server.RelayAsync("one", path, Payload.Content(TestBody.Of(StrictRelayServer.MaxBytes)))).Status);
    }

    [Theory]
    [InlineData("one", StrictRelayServer.MaxBytes)]
    [InlineData("two", StrictRelayServer.MaxBytes)]
    [InlineData("small", 1000)]
    public async Task A_declared_body_over_the_limit_is_refused_before_it_is_asked_for(string target, int limit)
    {
        var path = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();

        await client.SendAsync(
            $"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\nContent-Length: {limit + 1}\r\nExpect: 100-continue\r\n\r\n", Token);

        var answer = await client.ReadAsync(Token);
        Assert.Equal($"413 body-too-large admit {limit}", $"{answer.Problem} {answer.Text("phase")} {answer.Text("limitBytes")}");
        Assert.Equal("close", answer.Header("Connection"));
        Assert.False(server.Service.HasSeen(path));
    }

    [Theory]
    [InlineData("one", StrictRelayServer.MaxBytes)]
    [InlineData("two", StrictRelayServer.MaxBytes)]
    [InlineData("small", 1000)]
    public async Task A_body_that_grows_over_the_limit_is_an_aborted_request_to_the_service(string target, int limit)
    {
        foreach (var http in (int[])[1, 2])
        {
            var (fits, over) = (server.Service.At(Scripts.Echo), server.Service.At(Scripts.Echo));

            Assert.Equal(200, (await server.RelayAsync(target, fits, Payload.Content(TestBody.Of(limit), sized: false), http)).Status);
            var answer = await server.RelayAsync(target, over, Payload.Content(TestBody.Of(limit + 1), sized: false), http);

            Assert.Equal($"413 body-too-large transfer {limit}", $"{answer.Problem} {answer.Text("phase")} {answer.Text("limitBytes")}");
            Assert.Equal("aborted", await (await server.Service.SeenAsync(over)).OutcomeAsync());
        }
        await server.AssertHealthyAsync();
    }

    [Fact]
    public async Task An_answer_over_the_limit_is_none_where_its_length_is_declared()
    {
        foreach (var http in (int[])[1, 2])
        {
            var fits = await server.RelayAsync("terse", server.Service.At(Scripts.Send(1000, sized: true)), null, http);
            var over = await server.RelayAsync("terse", server.Service.At(Scripts.Send(1001, sized: true)), null, http);
            var posted = await server.RelayAsync("terse", server.Service.At(Scripts.Send(1001, sized: true)), Payload.Content([1]), http);

            Assert.Equal(200, fits.Status);
            Assert.Equal("502 downstream-answer-too-large 1000", $"{over.Problem} {over.Text("limitBytes")}");
            Assert.Equal("502 downstream-answer-too-large 1000", $"{posted.Problem} {posted.Text("limitBytes")}");
        }
    }

    [Fact]
    public async Task A_head_may_declare_what_it_wants()
    {
        using var answer = await server.SendAsync(HttpMethod.Head, $"/api/relay/terse/{server.Service.At(Scripts.Echo)}");

        Assert.Equal((200, Scripts.HeadLength), ((int)answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_answer_that_grows_over_the_limit_is_cut_unless_it_has_not_begun(int http)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var fits = server.Service.At(Scripts.Send(1000, sized: false));
        var overAtOnce = server.Service.At(Scripts.Send(1001, sized: false));
        var overLater = server.Service.At(Scripts.Begin(
            1000, first: 1000, sized: false, seen.Task, static (context, _) => context.Response.WriteAsync("x")));

        Assert.Equal(200, (await server.RelayAsync("terse", fits, null, http)).Status);
        Assert.Equal("502 downstream-answer-too-large", (await server.RelayAsync("terse", overAtOnce, null, http)).Problem);
        using var answer = await server.OpenAsync(HttpMethod.Get, $"/api/relay/terse/{overLater}", http);
        seen.SetResult();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync(Token));
        Assert.StartsWith(
            $"Failed terse:/{overLater}: DownstreamAnswerTooLarge in Transfer", await server.OutcomeAsync("terse", overLater),
            StringComparison.Ordinal);
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("POST", true)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("PATCH", false)]
    public async Task A_method_that_the_target_does_not_take_is_told_the_ones_that_it_does(string method, bool taken)
    {
        var path = server.Service.At(Scripts.Echo);

        var answer = await server.RelayAsync("few", path, null, 1, HttpMethod.Parse(method));

        Assert.Equal(taken ? "200 0 " : "405 method-refused", taken ? $"{answer.Status} {answer.Body[..2]}" : answer.Problem);
        Assert.Equal(taken ? null : "GET, POST", answer.Header("Allow"));
        Assert.Equal(taken, server.Service.HasSeen(path));
    }

    [Fact]
    public async Task A_target_that_is_not_known_is_a_problem()
    {
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"POST /api/relay/none/x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", Token);

        var answer = await client.ReadAsync(Token);
        Assert.Equal("404 target-unknown admit", $"{answer.Problem} {answer.Text("phase")}");
    }
}
