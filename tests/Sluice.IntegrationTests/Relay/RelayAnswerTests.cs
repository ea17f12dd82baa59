using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Answers on their way back.</summary>
[Collection<OnRelayServer>]
public sealed class RelayAnswerTests(RelayServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, int> Versions => new() { { 1, 1 }, { 1, 2 }, { 2, 1 }, { 2, 2 } };

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_answer_arrives_as_it_was_sent_and_framed_as_it_was(int client, int service)
    {
        foreach (var (bytes, sized) in ((int, bool)[])[
            (0, true), (1, true), (1, false), ((1 << 20) + 1, true), (20_000_000, true), (20_000_000, false)])
        {
            var path = server.Service.At(Scripts.Send(bytes, sized));

            using var answer = await server.OpenAsync(HttpMethod.Get, $"/api/relay/{RelayServer.In(service)}/{path}", client);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(sized ? bytes : null, answer.Content.Headers.ContentLength);
            Assert.Equal(sized || client == 2 ? null : true, answer.Headers.TransferEncodingChunked);
            Payload.AssertSame(TestBody.Of(bytes), await answer.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_status_is_passed_back_whatever_it_is(int status)
    {
        foreach (var (client, service) in ((int, int)[])[(1, 1), (2, 2)])
        {
            var get = await server.RelayAsync(RelayServer.In(service), server.Service.At(Scripts.Status(status)), null, client);
            var post = await server.RelayAsync(
                RelayServer.In(service), server.Service.At(Scripts.Status(status, long.MaxValue)), Payload.Content([1]), client);

            var body = status is 204 or 304 ? "" : $"status {status}";
            Assert.Equal((status, body), (get.Status, get.Body));
            Assert.Equal((status, body), (post.Status, post.Body));
        }
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(500)]
    public async Task A_status_without_anything_else_is_passed_back_without_anything_else(int status)
    {
        foreach (var (client, service) in ((int, int)[])[(1, 1), (1, 2), (2, 1), (2, 2)])
        {
            var bare = server.Service.At(async (context, _) =>
            {
                context.Response.StatusCode = status;
                await context.Response.StartAsync(context.RequestAborted);
            });

            var answer = await server.RelayAsync(RelayServer.In(service), bare, null, client);

            Assert.Equal((status, ""), (answer.Status, answer.Body));
        }
    }

    [Fact]
    public async Task A_reason_is_passed_back_where_there_is_one()
    {
        var path = server.Service.At(static (context, _) =>
        {
            context.Response.StatusCode = 299;
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = "Nearly Fine";
            return Task.CompletedTask;
        });

        using var answer = await server.SendAsync(HttpMethod.Get, $"/api/relay/one/{path}");

        Assert.Equal("299 Nearly Fine", $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_head_is_passed_back_with_the_length_that_it_declares(int client, int service)
    {
        var path = server.Service.At(Scripts.Echo);

        using var answer = await server.SendAsync(HttpMethod.Head, $"/api/relay/{RelayServer.In(service)}/{path}", http: client);

        Assert.Equal((HttpStatusCode.OK, Scripts.HeadLength), (answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_passed_back_and_not_followed(int status)
    {
        var elsewhere = server.Service.At(Scripts.Echo);
        var path = server.Service.At((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{server.Service.Address()}{elsewhere}";
            return Task.CompletedTask;
        });
        using var client = await server.ConnectRawAsync();

        // HttpClient would follow it.
        await client.SendAsync($"GET /api/relay/one/{path} HTTP/1.1\r\nHost: h\r\n\r\n", Token);

        var answer = await client.ReadAsync(Token);
        Assert.Equal((status, $"{server.Service.Address()}{elsewhere}"), (answer.Status, answer.Header("Location")));
        Assert.False(server.Service.HasSeen(elsewhere));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Headers_are_passed_back_but_for_those_of_the_hop(int client, int service)
    {
        var path = server.Service.At((context, _) =>
        {
            var headers = context.Response.Headers;
            headers.ETag = "\"v1\"";
            headers.ContentType = "application/x.thing; charset=utf-8";
            headers.ContentEncoding = "gzip";
            headers.CacheControl = "no-store, private";
            headers["X-Several"] = new(["one", "two, three"]);
            headers.SetCookie = new(["a=1; Path=/", "b=2"]);
            if (service == 1)
            {
                headers.Connection = "X-Of-The-Hop";
                headers.KeepAlive = "timeout=5";
                headers["X-Of-The-Hop"] = "1";
                headers.Upgrade = "h2c";
                headers.ProxyAuthenticate = "Basic";
            }
            return Task.CompletedTask;
        });

        var answer = await server.RelayAsync(RelayServer.In(service), path, null, client);

        Assert.Equal("\"v1\"", answer.Header("ETag"));
        Assert.Equal("application/x.thing; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("gzip", answer.Header("Content-Encoding"));
        Assert.Equal("no-store, private", answer.Header("Cache-Control"));
        Assert.Equal("one, two, three", answer.Header("X-Several"));
        Assert.Equal("a=1; Path=/, b=2", answer.Header("Set-Cookie"));
        Assert.All(
            (string[])["Connection", "Keep-Alive", "X-Of-The-Hop", "Upgrade", "Proxy-Authenticate", "Transfer-Encoding"],
            name => Assert.Null(answer.Header(name)));
    }

    [Theory]
    [InlineData(1, 1, "none")]
    [InlineData(1, 2, "none")]
    [InlineData(2, 1, "after all")]
    [InlineData(2, 2, "after all")]
    public async Task Trailers_are_passed_back_to_clients_of_HTTP2_only(int client, int service, string expected)
    {
        var path = server.Service.At(static async (context, _) =>
        {
            context.Response.DeclareTrailer("X-Digest");
            await context.Response.WriteAsync("body", context.RequestAborted);
            context.Response.AppendTrailer("X-Digest", "after all");
        });
        // Kestrel sends none over HTTP/1.1.
        if (service == 1)
            server.Raw.Answer(
                "HTTP/1.1 200 OK\r\nTrailer: X-Digest\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-Digest: after all\r\n\r\n");

        using var answer = await server.SendAsync(HttpMethod.Get, $"/api/relay/{(service == 1 ? "raw" : "two")}/{path}", http: client);

        Assert.Equal("body", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal([expected], answer.TrailingHeaders.TryGetValues("X-Digest", out var values) ? values : ["none"]);
    }

    [Fact]
    public async Task An_answer_that_is_not_HTTP_is_the_services_fault()
    {
        foreach (var garbage in (string[])[
            "", "\r\n\r\n", "hello\r\n\r\n", "HTTP/1.1 two hundred\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"])
        {
            server.Raw.Answer(garbage);
            Assert.Equal("502 downstream-broke", (await server.RelayAsync("raw", "x", Payload.Content([1]))).Problem);
        }
        await server.AssertHealthyAsync();
    }

    [Fact]
    public async Task Interim_answers_are_not_taken_for_the_answer()
    {
        server.Raw.Answer(
            "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        var answer = await server.RelayAsync("raw", "x");

        Assert.Equal("200 ok", $"{answer.Status} {answer.Body}");
    }
}
