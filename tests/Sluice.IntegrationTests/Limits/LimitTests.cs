using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Limits;

/// <summary>One caller can't use up what all have.</summary>
public sealed class LimitTests(LimitServer server) : IClassFixture<LimitServer>
{
    [Fact]
    public async Task Who_sends_too_many_requests_is_told_when_to_come_again_and_nobody_else_is()
    {
        for (var sent = 0; sent < LimitServer.Burst; sent++)
        {
            // Either of the caller's keys: it is one caller.
            using var taken = await server.SendAsync(
                HttpMethod.Put, server.PathOf($"often/{sent}"), Payload.Content([1]), 1,
                LimitServer.Key(sent % 2 == 0 ? "often" : "often-2"));
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        }

        foreach (var path in (string[])[server.PathOf("often/more"), "/api/nothing", "/api/peek"])
        {
            using var refused = await server.SendAsync(
                HttpMethod.Put, path, Payload.Content(Payload.Random(10_000), sized: false), 1, LimitServer.Key("often"));
            await ProblemDocument.ExpectAsync(refused, FailureKind.RateLimited, Phase.Admit);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        using var page = await server.SendAsync(HttpMethod.Get, "/api/nothing", null, 1, LimitServer.Key("often"), RouteTests.Browser);
        Assert.Equal((HttpStatusCode.TooManyRequests, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.InRange(page.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Null(await server.VisibleAsync("often/more"));
        using var other = await server.SendAsync(HttpMethod.Put, server.PathOf("other"), Payload.Content([1]), 1, LimitServer.Key("other"));
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
    }

    [Fact]
    public async Task Probes_and_strangers_are_other_callers_and_probes_are_never_refused()
    {
        var statuses = new List<int>();
        for (var sent = 0; sent < 2 * LimitServer.Burst; sent++)
        {
            using var guess = await server.SendAsync(HttpMethod.Get, "/api/openapi.json", null, 1, ("x-functions-key", $"guess-{sent}"));
            statuses.Add((int)guess.StatusCode);
            using var probe = await server.SendAsync(HttpMethod.Get, "/api/health/live");
            Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        }

        // Whoever guesses keys is told no more after a few.
        Assert.Equal((401, 429), (statuses[0], statuses[^1]));
    }

    [Fact]
    public async Task Who_sent_too_many_bytes_is_refused_the_next_request_and_never_cut_in_the_middle()
    {
        var body = Payload.Random(2 * LimitServer.Bytes);
        foreach (var sized in (bool[])[true, false])
        {
            var caller = LimitServer.Key(sized ? "bytes" : "cut");
            using var taken = await server.SendAsync(
                HttpMethod.Put, server.PathOf($"bytes/{sized}"), Payload.Content(body, sized), 1, caller);
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);

            using var refused = await server.SendAsync(HttpMethod.Get, server.PathOf($"bytes/{sized}"), null, 1, caller);
            await ProblemDocument.ExpectAsync(refused, FailureKind.RateLimited, Phase.Admit);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, LimitServer.Bytes / 2, LimitServer.Bytes + 1);
            Payload.AssertSame(body, (await server.VisibleAsync($"bytes/{sized}"))!);
        }
    }

    [Fact]
    public async Task Who_has_too_many_requests_under_way_waits_for_one_of_them_to_end()
    {
        var held = new List<RawConnection>();
        for (var index = 0; index < LimitServer.AtOnce; index++)
        {
            var connection = await server.ConnectAsync();
            held.Add(connection);
            await connection.SendHeadAsync(
                $"PUT {server.PathOf($"once/{index}")} HTTP/1.1\n{Header("once")}\nExpect: 100-continue\nContent-Length: 2");
            Assert.Equal(100, (await connection.ReadHeadAsync()).Status);
        }

        using (var refused = await server.SendAsync(HttpMethod.Head, server.PathOf("once/0"), null, 1, LimitServer.Key("once")))
            Assert.Equal((429, 1.0), ((int)refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));

        // The client is gone: its place is free once the server has seen it.
        held[0].Reset();
        await held[1].SendAsync("ab");
        Assert.Equal(201, (await held[1].ReadAnswerAsync()).Status);
        HttpStatusCode status;
        do
        {
            using var later = await server.SendAsync(HttpMethod.Head, server.PathOf("once/1"), null, 1, LimitServer.Key("once"));
            status = later.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, status);
        held.ForEach(static connection => connection.Dispose());
    }

    private static string Header(string caller) => $"{LimitServer.Key(caller).Name}: {LimitServer.Key(caller).Value}";
}
