using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// Services that can't be reached, that stall and that go away. Who is to blame is said, and half an answer is never a whole one.
/// </summary>
[Collection<OnRelayServer>]
public sealed class DownstreamFailureTests(RelayServer server)
{
    private const int BodyBytes = 5 * TestBody.Mib;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nobody")]
    [InlineData("nowhere")]
    [InlineData("not-tls")]
    public async Task A_service_that_can_not_be_reached_is_named(string target)
    {
        foreach (var content in (HttpContent?[])[
            null, Payload.Content(Payload.Random(BodyBytes)), Payload.Content(Payload.Random(BodyBytes), sized: false)])
        {
            var answer = await server.RelayAsync(target, "unreachable", content);

            Assert.Equal("502 downstream-unreachable downstream", $"{answer.Problem} {answer.Text("party")}");
            Assert.Contains($"'{target}'", answer.Text("detail"), StringComparison.Ordinal);
        }
        Assert.StartsWith(
            $"Failed {target}:/unreachable: DownstreamUnreachable in Transfer, caused by Downstream",
            await server.OutcomeAsync(target, "unreachable"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hasty1")]
    [InlineData("hasty2")]
    public async Task A_service_that_takes_nothing_is_given_up_after_its_idle_time(string target)
    {
        foreach (var sized in (bool[])[true, false])
        {
            await Task.WhenAll(
                AssertStallsAsync(target, Scripts.Stall, Payload.Content(Payload.Random(BodyBytes), sized)),
                AssertStallsAsync(target, ReadThenStall, Payload.Content(Payload.Random(BodyBytes), sized)));
        }

        static async Task ReadThenStall(HttpContext context, ServiceExchange exchange)
        {
            await exchange.ReadAsync(100_000);
            await Scripts.Stall(context, exchange);
        }
    }

    [Theory]
    [InlineData("hasty1")]
    [InlineData("hasty2")]
    public async Task A_service_that_answers_nothing_is_given_up_after_its_idle_time(string target)
    {
        await AssertStallsAsync(target, Scripts.Brood, null);
        await AssertStallsAsync(target, Scripts.Brood, Payload.Content(Payload.Random(BodyBytes)));
        await AssertStallsAsync(target, Scripts.Brood, Payload.Content(Payload.Random(BodyBytes), sized: false));
    }

    [Fact]
    public Task A_service_that_is_slow_and_does_not_stall_takes_as_long_as_it_wants() =>
        Task.WhenAll(((string[])["slow1", "slow2"]).Select(async target =>
        {
            // Longer than the idle time-out, each way. What is in the buffers of two sockets moves for the service only,
            // so the body is larger.
            var path = server.Service.At(static async (context, exchange) =>
            {
                using var pace = new PeriodicTimer(TimeSpan.FromSeconds(0.5));
                for (var i = 1; i <= 12; i++, await pace.WaitForNextTickAsync(context.RequestAborted))
                    await exchange.ReadAsync(i * 1_700_000);
                await exchange.ReadAsync();
                for (var i = 0; i < 12; i++, await pace.WaitForNextTickAsync(context.RequestAborted))
                {
                    await context.Response.WriteAsync("x", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }
            });

            var answer = await server.RelayAsync(target, path, Payload.Content(Payload.Random(20_000_000)));

            Assert.Equal("200 xxxxxxxxxxxx", $"{answer.Status} {answer.Body}");
        }));

    [Theory]
    [InlineData("one", 0, true)]
    [InlineData("one", 100_000, true)]
    [InlineData("one", 100_000, false)]
    [InlineData("one", BodyBytes, true)]
    [InlineData("two", 0, true)]
    [InlineData("two", 100_000, true)]
    [InlineData("two", 100_000, false)]
    [InlineData("two", BodyBytes, false)]
    [InlineData("blunt1", 100_000, true)]
    [InlineData("blunt2", 100_000, false)]
    public async Task A_service_that_dies_before_it_answers_has_broken(string target, int after, bool sized)
    {
        var path = server.Service.At(Scripts.Die(after));

        var answer = await server.RelayAsync(target, path, Payload.Content(Payload.Random(BodyBytes), sized));

        Assert.Equal("502 downstream-broke transfer downstream", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.StartsWith(
            $"Failed {target}:/{path}: DownstreamBroke in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("one", true)]
    [InlineData("one", false)]
    [InlineData("two", true)]
    [InlineData("two", false)]
    public async Task A_service_that_dies_in_its_answer_has_its_client_cut_off(string target, bool sized)
    {
        foreach (var http in (int[])[1, 2])
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var path = server.Service.At(Scripts.Begin(100_000, first: 50_000, sized, seen.Task, Scripts.Die(after: 0)));

            using var answer = await server.OpenAsync(HttpMethod.Get, $"/api/relay/{target}/{path}", http);

            Assert.Equal(200, (int)answer.StatusCode);
            seen.SetResult();
            await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync(Token));
            Assert.StartsWith(
                $"Failed {target}:/{path}: DownstreamBroke in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
        }
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_part_of_a_chunked_answer_has_no_last_chunk(string target)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var path = server.Service.At(Scripts.Begin(100_000, first: 1000, sized: false, seen.Task, Scripts.Die(after: 0)));
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n\r\n", Token);
        Assert.False(await client.IsSilentAsync(SluiceFixture.Patience, Token));
        seen.SetResult();
        var received = await client.ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", received, StringComparison.Ordinal);
        Assert.Contains("Transfer-Encoding: chunked\r\n", received, StringComparison.Ordinal);
        Assert.False(received.EndsWith("0\r\n\r\n", StringComparison.Ordinal), received[^20..]);
    }

    [Theory]
    [InlineData("hasty1", true)]
    [InlineData("hasty1", false)]
    [InlineData("hasty2", true)]
    [InlineData("hasty2", false)]
    public async Task A_service_that_stalls_in_its_answer_has_its_client_cut_off(string target, bool sized)
    {
        var path = server.Service.At(Scripts.Begin(1000, first: 100, sized, Task.CompletedTask, Scripts.Stall));

        using var answer = await server.OpenAsync(HttpMethod.Get, $"/api/relay/{target}/{path}", 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync(Token));
        Assert.StartsWith(
            $"Failed {target}:/{path}: DownstreamStalled in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
        await (await server.Service.SeenAsync(path)).OutcomeAsync();
    }

    [Theory]
    [InlineData("hasty1")]
    [InlineData("hasty2")]
    public async Task A_client_that_takes_nothing_of_its_answer_is_cut_off(string target)
    {
        // More than the buffers of four sockets.
        var path = server.Service.At(Scripts.Send(40_000_000, sized: true));
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/{target}/{path} HTTP/1.1\r\nHost: h\r\n\r\n", Token);

        Assert.StartsWith(
            $"Refused {target}:/{path}: ClientStalled in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
        await (await server.Service.SeenAsync(path)).OutcomeAsync();
    }

    private async Task AssertStallsAsync(string target, ServiceScript script, HttpContent? content)
    {
        var (path, began) = (server.Service.At(script), Stopwatch.GetTimestamp());

        var answer = await server.RelayAsync(target, path, content);

        Assert.Equal("504 downstream-stalled downstream", $"{answer.Problem} {answer.Text("party")}");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(2.7), TimeSpan.MaxValue);
        Assert.StartsWith(
            $"Failed {target}:/{path}: DownstreamStalled in Transfer", await server.OutcomeAsync(target, path), StringComparison.Ordinal);
    }
}
