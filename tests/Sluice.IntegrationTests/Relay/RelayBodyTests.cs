using System.Security.Cryptography;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Bodies on their way to a target.</summary>
[Collection<OnRelayServer>]
public sealed class RelayBodyTests(RelayServer server)
{
    public static TheoryData<int, int, bool, int> Bodies
    {
        get
        {
            var data = new TheoryData<int, int, bool, int>();
            foreach (var bytes in (int[])[0, 1, (1 << 20) + 1, 20_000_000])
            {
                foreach (var sized in (bool[])[true, false])
                {
                    data.Add(1, 1, sized, bytes);
                    data.Add(1, 2, sized, bytes);
                    data.Add(2, 1, sized, bytes);
                    data.Add(2, 2, sized, bytes);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_arrives_as_it_was_sent_and_framed_as_it_was(int client, int service, bool sized, int bytes)
    {
        var (body, path) = (Payload.Random(bytes), server.Service.At(Scripts.Echo));

        var answer = await server.RelayAsync(RelayServer.In(service), path, Payload.Content(body, sized), client);

        var sha256 = Convert.ToHexString(SHA256.HashData(body));
        Assert.Equal($"200 {bytes} {sha256}", $"{answer.Status} {answer.Body}");
        var exchange = await server.Service.SeenAsync(path);
        Assert.Equal("whole", await exchange.OutcomeAsync());
        Assert.Equal($"HTTP/{(service == 2 ? "2" : "1.1")}", exchange.Protocol);
        // A stream of HTTP/2 that has ended by now is known to be empty.
        if (client == 1 || sized || bytes > 0)
            Assert.Equal(sized ? $"{bytes}" : service == 1 ? "chunked" : null, exchange.Framing);
        Assert.StartsWith(
            $"Relayed to {RelayServer.In(service)}:/{path}: 200, {bytes} bytes, ", await server.OutcomeAsync(RelayServer.In(service), path),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Every_method_arrives_with_and_without_a_body(string method)
    {
        foreach (var (client, service) in ((int, int)[])[(1, 1), (1, 2), (2, 1), (2, 2)])
        {
            foreach (var body in (byte[]?[])[null, Payload.Random(1000)])
            {
                var path = server.Service.At(Scripts.Echo);
                var answer = await server.RelayAsync(
                    RelayServer.In(service), path, body is null ? null : Payload.Content(body), client, HttpMethod.Parse(method));

                Assert.Equal(200, answer.Status);
                var exchange = await server.Service.SeenAsync(path);
                Assert.Equal((method, body?.Length ?? 0), (exchange.Method, exchange.Bytes));
                Assert.Equal("whole", await exchange.OutcomeAsync());
            }
        }
    }

    [Fact]
    public async Task A_target_without_a_version_is_spoken_to_in_what_it_speaks()
    {
        var path = server.Service.At(Scripts.Echo);

        Assert.Equal(200, (await server.RelayAsync("plain", path, Payload.Content([1]))).Status);

        Assert.Equal("HTTP/1.1", (await server.Service.SeenAsync(path)).Protocol);
    }

    [Fact]
    public async Task Many_bodies_at_once_do_not_meet()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
        {
            var (body, path) = (Payload.Random(300_000 + i), server.Service.At(Scripts.Echo));
            var answer = await server.RelayAsync(RelayServer.In((i % 2) + 1), path, Payload.Content(body, i % 4 < 2), (i / 4 % 2) + 1);
            Assert.Equal($"200 {body.Length} {Convert.ToHexString(SHA256.HashData(body))}", $"{answer.Status} {answer.Body}");
        }));
        await server.AssertHealthyAsync();
    }

    [Theory]
    [InlineData("?")]
    [InlineData("?a=b")]
    [InlineData("?a=%41&b=%7e%7E&c=a+b%20c&d=%2F..%2f../..&e=%C3%A9&&=&f")]
    [InlineData("?g=[x]|{y}'(z)!*;:@,$/?&h=%")]
    [InlineData("?i=%zz%&j=\"<>\\^`&k=%00%0d%0a")]
    [InlineData("?codec=1&barcode=2&my.code=3")]
    public async Task A_query_is_kept_as_it_is(string query)
    {
        var path = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/one/{path}{query} HTTP/1.1\r\nHost: h\r\n\r\n", TestContext.Current.CancellationToken);

        Assert.Equal(200, (await client.ReadAsync(TestContext.Current.CancellationToken)).Status);
        Assert.Equal($"/{path}{(query == "?" ? "" : query)}", (await server.Service.SeenAsync(path)).Target);
    }

    [Theory]
    [InlineData("?code=secret", "")]
    [InlineData("?a=1&code=secret&b=2", "?a=1&b=2")]
    [InlineData("?CODE=secret&Code=secret&a", "?a")]
    [InlineData("?%63ode=secret&c%6Fd%65=secret&a=%41", "?a=%41")]
    [InlineData("?code&code=&a=code", "?a=code")]
    [InlineData("?+code+=secret&%20code=secret&a=+", "?a=+")]
    public async Task Our_key_is_taken_out_of_the_query_however_it_is_spelled(string query, string kept)
    {
        var path = server.Service.At(Scripts.Echo);

        Assert.Equal(200, (await server.RelayAsync("one", path + query)).Status);

        Assert.Equal($"/{path}{kept}", (await server.Service.SeenAsync(path)).Target);
    }
}
