using System.Net;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Clients that try to get to another host, or out of a target's path. What the service saw of them is what counts.</summary>
[Collection<OnRelayServer>]
public sealed class ConfinementTests(RelayServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/relay/inner/open/{0}", "/inner/open/{0}")]
    [InlineData("/api/relay/inner/also/open/{0}", "/inner/also/open/{0}")]
    [InlineData("/api/relay/inner//open/{0}", null)]
    [InlineData("/api/relay/inner/open/a%20b/{0}", "/inner/open/a%20b/{0}")]
    [InlineData("/api/relay/inner/open/a:b@c;d=e,f/{0}", "/inner/open/a:b@c;d=e,f/{0}")]
    [InlineData("/api/relay/inner/open/http://evil.example/{0}", null)]
    [InlineData("/api/relay/inner/open/http:/evil.example/{0}", "/inner/open/http:/evil.example/{0}")]
    [InlineData("/api/relay/inner/open/100%25/{0}", "/inner/open/100%25/{0}")]
    [InlineData("/api/relay/inner/open/%3Fa%23b/{0}", "/inner/open/%3Fa%23b/{0}")]
    [InlineData("/api/relay/inner/closed/{0}", null)]
    [InlineData("/api/relay/inner/{0}", null)]
    [InlineData("/api/relay/inner/openly/{0}", null)]
    [InlineData("/api/relay/inner/OPEN/{0}", null)]
    [InlineData("/api/relay/inner/open/../{0}", null)]
    [InlineData("/api/relay/inner/open/../closed/{0}", null)]
    [InlineData("/api/relay/inner/open/./{0}", "/inner/open/{0}")]
    [InlineData("/api/relay/inner/open/%2e%2e/{0}", null)]
    [InlineData("/api/relay/inner/open/%2e%2e/%2e%2e/{0}", null)]
    [InlineData("/api/relay/inner/open/.%2e/{0}", null)]
    [InlineData("/api/relay/inner/open/%252e%252e/{0}", null)]
    [InlineData("/api/relay/inner/open/%252e%252e%252f{0}", null)]
    [InlineData("/api/relay/inner/open/..%2f{0}", null)]
    [InlineData("/api/relay/inner/open%2f{0}", null)]
    [InlineData("/api/relay/inner/open/..%5c{0}", null)]
    [InlineData("/api/relay/inner/open/..\\{0}", null)]
    [InlineData("/api/relay/inner/open\\..\\{0}", null)]
    [InlineData("/api/relay/inner/open/..;/{0}", null)]
    [InlineData("/api/relay/inner/open/..;a=b/{0}", null)]
    [InlineData("/api/relay/inner/open/..%3b/{0}", null)]
    [InlineData("/api/relay/inner/open//{0}", null)]
    [InlineData("/api/relay/inner/open/%00/{0}", null)]
    [InlineData("/api/relay/inner/open/%0d%0aX:%20y/{0}", null)]
    [InlineData("/api/relay/inner/open/%c0%ae%c0%ae/{0}", null)]
    [InlineData("/api/relay/inner/open/%ff/{0}", null)]
    [InlineData("/api/relay/inner/open/%ef%bc%8e%ef%bc%8e/{0}", "/inner/open/%EF%BC%8E%EF%BC%8E/{0}")]
    [InlineData("/api/relay/inner@evil.example/open/{0}", null)]
    [InlineData("/api/relay/@evil.example/{0}", null)]
    [InlineData("/api/relay/evil.example/{0}", null)]
    [InlineData("/api/relay/127.0.0.1:80/{0}", null)]
    [InlineData("/api/relay/http%3a%2f%2fevil.example/{0}", null)]
    [InlineData("/api/relay//inner/open/{0}", null)]
    [InlineData("/api/relay/../relay/inner/open/{0}", "/inner/open/{0}")]
    [InlineData("//api/relay/inner/open/{0}", null)]
    [InlineData("/api/relay/inner/open/{0}#/../..", null)]
    [InlineData("http://h/api/relay/inner/open/{0}", "/inner/open/{0}")]
    [InlineData("http://evil.example/api/relay/inner/open/{0}", null)]
    [InlineData("http://evil.example/{0}", null)]
    [InlineData("http://h@evil.example/api/relay/inner/open/{0}", null)]
    [InlineData("evil.example:80", null)]
    [InlineData("*", null)]
    [InlineData("api/relay/inner/open/{0}", null)]
    public async Task A_path_leads_to_its_place_or_nowhere(string asked, string? arrives)
    {
        var name = server.Service.At(Scripts.Echo);
        var before = server.Service.Log.Count;
        using var client = await server.ConnectRawAsync();

        await client.SendAsync(
            $"GET {asked.Replace("{0}", name, StringComparison.Ordinal)} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", Token);
        var answer = await client.ReadAsync(Token);

        string[] expected = arrives is null ? [] : [$"GET {arrives.Replace("{0}", name, StringComparison.Ordinal)}"];
        Assert.Equal(expected, server.Service.Log.Skip(before));
        Assert.InRange(answer.Status, arrives is null ? 400 : 200, arrives is null ? 405 : 200);
    }

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Host: 169.254.169.254\r\nX-Forwarded-Host: evil.example\r\nX-Original-URL: /closed\r\nX-Rewrite-URL: /closed")]
    [InlineData("Host: h\r\nForwarded: host=evil.example;proto=https")]
    [InlineData("Host:")]
    public async Task Whatever_host_a_client_names_the_target_is_asked(string headers)
    {
        var name = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/one/{name} HTTP/1.1\r\n{headers}\r\n\r\n", Token);

        Assert.Equal(200, (await client.ReadAsync(Token)).Status);
        Assert.Equal(server.Service.Address().Authority, (await server.Service.SeenAsync(name)).Header("Host"));
    }

    [Theory]
    [InlineData("Host: h\r\nHost: evil.example")]
    [InlineData("Host: h/../x")]
    [InlineData("Host: h@evil.example")]
    [InlineData("X: no host")]
    public async Task A_host_that_is_none_is_refused(string headers)
    {
        var name = server.Service.At(Scripts.Echo);
        using var client = await server.ConnectRawAsync();

        await client.SendAsync($"GET /api/relay/one/{name} HTTP/1.1\r\n{headers}\r\n\r\n", Token);

        Assert.Equal(400, (await client.ReadAsync(Token)).Status);
        Assert.False(server.Service.HasSeen(name));
    }

    [Theory]
    [InlineData("/closed/{0}")]
    [InlineData("/open/%2e%2e/{0}")]
    [InlineData("/open/..%2f{0}")]
    [InlineData("/open//{0}")]
    [InlineData("/open/..;/{0}")]
    [InlineData("/open/a%5Cb/{0}")]
    public async Task A_path_that_is_refused_says_why(string path)
    {
        foreach (var http in (int[])[1, 2])
        {
            var name = server.Service.At(Scripts.Echo);
            using var answer = await server.SendAsync(
                HttpMethod.Put, "/api/relay/inner" + path.Replace("{0}", name, StringComparison.Ordinal), Payload.Content([1]), http);

            Assert.Equal("400 path-invalid", (await Answer.OfAsync(answer, Token)).Problem);
            Assert.False(server.Service.HasSeen(name));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("ones")]
    [InlineData("on")]
    [InlineData("one%20")]
    [InlineData("..")]
    public async Task An_unknown_target_is_not_found(string target)
    {
        var answer = await server.RelayAsync(target, "x", Payload.Content([1]));

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task A_target_is_found_in_any_case()
    {
        using var answer = await server.SendAsync(HttpMethod.Get, $"/API/Relay/ONE/{server.Service.At(Scripts.Echo)}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_target_without_a_path_is_asked_for_its_own(string path)
    {
        var before = server.Service.Log.Count;

        using var answer = await server.SendAsync(HttpMethod.Get, $"/api/relay/one{path}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["GET /"], server.Service.Log.Skip(before));
    }
}
