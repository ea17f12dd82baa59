namespace Sluice.IntegrationTests.Relay;

/// <summary>What a target learns of the client's request, and what it never does.</summary>
[Collection<OnRelayServer>]
public sealed class RelayHeaderTests(RelayServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Headers_are_passed_on_as_they_came(string target)
    {
        var exchange = await SendAsync(target, """
            Accept: a/b, c/d;q=0.5
            Authorization: Bearer the-clients-own
            Content-Type: text/plain; charset=latin1
            Content-Encoding: gzip
            Cookie: a=1; b=2
            Origin: https://example.org
            Range: bytes=0-1
            If-Match: "x"
            User-Agent: test (a; b)
            X-Several: one
            X-Several: two, three
            X-Empty:
            X-Latin: caf%C3%A9
            """);

        Assert.Equal("a/b, c/d;q=0.5", exchange.Header("Accept"));
        Assert.Equal("Bearer the-clients-own", exchange.Header("Authorization"));
        Assert.Equal("text/plain; charset=latin1", exchange.Header("Content-Type"));
        Assert.Equal("gzip", exchange.Header("Content-Encoding"));
        Assert.Equal("a=1; b=2", exchange.Header("Cookie"));
        Assert.Equal("https://example.org", exchange.Header("Origin"));
        Assert.Equal("bytes=0-1", exchange.Header("Range"));
        Assert.Equal("\"x\"", exchange.Header("If-Match"));
        Assert.Equal("test (a; b)", exchange.Header("User-Agent"));
        Assert.Equal("one, two, three", exchange.Header("X-Several")?.Replace("\n", ", ", StringComparison.Ordinal));
        Assert.Equal("", exchange.Header("X-Empty"));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Headers_of_the_hop_end_here(string target)
    {
        var exchange = await SendAsync(target, """
            Connection: X-Of-The-Hop, x-also
            Connection: X-A-Third
            Keep-Alive: timeout=5
            X-Of-The-Hop: 1
            X-Also: 2
            X-A-Third: 3
            Proxy-Connection: keep-alive
            Proxy-Authorization: Basic eA==
            TE: gzip
            Upgrade: h2c
            HTTP2-Settings: AAMAAABkAAQAAP__
            """);

        Assert.All(
            (string[])[
                "Connection", "Keep-Alive", "X-Of-The-Hop", "X-Also", "X-A-Third", "Proxy-Connection", "Proxy-Authorization", "TE",
                "Upgrade", "HTTP2-Settings"],
            name => Assert.Null(exchange.Header(name)));
    }

    [Fact]
    public async Task What_Connection_names_can_take_nothing_away_that_we_add()
    {
        var exchange = await SendAsync("keyed", """
            Connection: X-Api-Key, X-Forwarded-For, Forwarded, Host, Content-Length, traceparent
            X-Forwarded-For: 192.0.2.1
            """);

        Assert.Equal("the key", exchange.Header("X-Api-Key"));
        Assert.EndsWith("127.0.0.1", exchange.Header("X-Forwarded-For"), StringComparison.Ordinal);
        Assert.StartsWith("for=127.0.0.1", exchange.Header("Forwarded"), StringComparison.Ordinal);
        Assert.Equal(server.Service.Address().Authority, exchange.Header("Host"));
        Assert.Equal("5", exchange.Framing);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Where_it_came_from_is_added_to_what_was_said_before(string target)
    {
        var bare = await SendAsync(target, "");
        var through = await SendAsync(target, """
            X-Forwarded-For: 192.0.2.1, 198.51.100.7
            X-Forwarded-For: 203.0.113.9
            X-Forwarded-Proto: https
            X-Forwarded-Host: front.example
            Forwarded: for=192.0.2.1;proto=https
            """);

        Assert.Equal(
            ("127.0.0.1", "http", "named.example:81"),
            (bare.Header("X-Forwarded-For"), bare.Header("X-Forwarded-Proto"), bare.Header("X-Forwarded-Host")));
        Assert.Equal("for=127.0.0.1;host=\"named.example:81\";proto=http", bare.Header("Forwarded"));
        Assert.Equal("192.0.2.1, 198.51.100.7, 203.0.113.9, 127.0.0.1", through.Header("X-Forwarded-For"));
        Assert.Equal("https, http", through.Header("X-Forwarded-Proto"));
        Assert.Equal("front.example, named.example:81", through.Header("X-Forwarded-Host"));
        Assert.Equal("for=192.0.2.1;proto=https, for=127.0.0.1;host=\"named.example:81\";proto=http", through.Header("Forwarded"));
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("two", 2)]
    public async Task The_host_is_the_targets(string target, int http) =>
        Assert.Equal(server.Service.Address(http).Authority, (await SendAsync(target, "")).Header("Host"));

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task The_clients_trace_goes_on(string target)
    {
        var exchange = await SendAsync(target, """
            traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
            tracestate: vendor=value
            """);

        var parent = exchange.Header("traceparent")!.Split('-');
        Assert.Equal(("00", "0af7651916cd43dd8448eb211c80319c"), (parent[0], parent[1]));
        // A span of ours, not the client's, is the parent.
        Assert.NotEqual("b7ad6b7169203331", parent[2]);
        Assert.Equal("vendor=value", exchange.Header("tracestate"));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task By_which_right_the_client_calls_us_is_told_to_nobody(string target)
    {
        var exchange = await SendAsync(target, """
            x-functions-key: secret
            X-Functions-ClientId: secret
            X-MS-CLIENT-PRINCIPAL: secret
            x-ms-client-principal-id: secret
            x-ms-client-principal-name: secret
            x-ms-client-principal-idp: secret
            X-MS-TOKEN-AAD-ACCESS-TOKEN: secret
            x-ms-token-google-id-token: secret
            Cookie: a=1; AppServiceAuthSession=secret; b=2
            Cookie: AppServiceAuthSession1=secret
            X-MS-Invocation-Id: secret
            X-Original-For: secret
            X-Original-Host: secret
            X-Original-Proto: secret
            X-Original-Prefix: secret
            X-Original-Forwarded-For: stays
            X-MS-Version: stays
            """);

        Assert.DoesNotContain(exchange.Headers, static header => header.Value.Contains("secret", StringComparison.Ordinal));
        Assert.Equal("a=1; b=2", exchange.Header("Cookie"));
        Assert.Equal("stays", exchange.Header("X-MS-Version"));
        Assert.Equal("stays", exchange.Header("X-Original-Forwarded-For"));
    }

    [Fact]
    public async Task A_cookie_that_is_only_ours_leaves_none() =>
        Assert.Null((await SendAsync("one", "Cookie: AppServiceAuthSession=secret")).Header("Cookie"));

    [Fact]
    public async Task What_Connection_names_does_not_come_back_with_what_is_made_anew()
    {
        var exchange = await SendAsync("one", """
            Connection: Cookie, X-Forwarded-For, Forwarded
            Cookie: a=1; AppServiceAuthSession=secret; b=2
            X-Forwarded-For: 203.0.113.7
            Forwarded: for=203.0.113.7
            """);

        Assert.Null(exchange.Header("Cookie"));
        Assert.DoesNotContain(exchange.Headers, static header => header.Value.Contains("203.0.113.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_target_removes_does_not_come_back_with_what_is_made_anew()
    {
        var exchange = await SendAsync("stripped", """
            Cookie: a=1; AppServiceAuthSession=secret; b=2
            X-Forwarded-For: 203.0.113.7
            """);

        Assert.Null(exchange.Header("Cookie"));
        Assert.DoesNotContain(exchange.Headers, static header => header.Value.Contains("203.0.113.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_has_headers_of_its_own_and_leaves_others_out()
    {
        var exchange = await SendAsync("keyed", """
            X-Api-Key: the clients
            x-api-key: again
            Content-Language: en
            Content-Encoding: gzip
            x-private: 1
            X-Public: 2
            """);

        Assert.Equal("the key", exchange.Header("X-Api-Key"));
        Assert.Equal("de", exchange.Header("Content-Language"));
        Assert.Null(exchange.Header("Content-Encoding"));
        Assert.Null(exchange.Header("X-Private"));
        Assert.Equal("2", exchange.Header("X-Public"));
    }

    // Sent byte by byte, so that nothing is made right on the way.
    private async Task<ServiceExchange> SendAsync(string target, string headers)
    {
        var path = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();
        var lines = headers.Length == 0 ? "" : headers.ReplaceLineEndings("\r\n") + "\r\n";
        await client.SendAsync(
            $"POST /api/relay/{target}/{path} HTTP/1.1\r\nHost: named.example:81\r\nContent-Length: 5\r\n{lines}\r\nhello", Token);
        Assert.Equal(200, (await client.ReadAsync(Token)).Status);
        return await server.Service.SeenAsync(path);
    }
}
