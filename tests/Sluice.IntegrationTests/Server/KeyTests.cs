using System.Net;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Server;

/// <summary>Who may call a server that has keys.</summary>
public sealed class KeyTests(KeyServer server) : IClassFixture<KeyServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Tus-Resumable", "1.0.0", "1.0.0", null)]
    [InlineData("Upload-Complete", "?1", null, "?0")]
    public async Task A_refusal_has_the_fields_of_the_protocol_that_was_spoken(string name, string value, string? tus, string? complete)
    {
        using var answer = await server.SendAsync(HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1, (name, value));

        await ProblemDocument.ExpectAsync(answer, FailureKind.KeyInvalid, Phase.Admit);
        Assert.Equal(
            (tus, complete),
            (answer.Headers.TryGetValues("Tus-Resumable", out var version) ? version.Single() : null,
                answer.Headers.TryGetValues("Upload-Complete", out var said) ? said.Single() : null));
    }

    [Theory]
    [InlineData("Tus-Resumable", "1.0.0")]
    [InlineData("Upload-Complete", "?1")]
    public async Task A_browser_is_refused_by_a_page_with_the_same_fields(string name, string value)
    {
        using var problem = await server.SendAsync(HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1, (name, value));
        using var page = await server.SendAsync(
            HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1, (name, value), RouteTests.Browser);

        Assert.Equal((HttpStatusCode.Unauthorized, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal("ApiKey header=\"x-functions-key\"", page.Headers.WwwAuthenticate.ToString());
        Assert.Equal(
            problem.Headers.Select(static field => field.Key).Append("Content-Security-Policy").Order(),
            page.Headers.Select(static field => field.Key).Order());
        Assert.Contains(
            "<h1>No valid key</h1>", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-functions-key", "first-key", "")]
    [InlineData("X-Functions-Key", "first-key", "")]
    [InlineData("x-functions-key", "sécond +/=key", "")]
    [InlineData(null, null, "?code=first-key")]
    [InlineData(null, null, "?a=b&code=s%C3%A9cond%20%2B%2F%3Dkey")]
    public async Task Each_key_opens_the_server_as_a_header_or_in_the_query(string? header, string? value, string query)
    {
        (string, string)[] headers = header is null ? [] : [(header, value!)];
        foreach (var http in (int[])[1, 2])
        {
            using var put = await server.SendAsync(HttpMethod.Put, server.PathOf("opened") + query, Payload.Content([1]), http, headers);
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
            using var get = await server.SendAsync(HttpMethod.Get, server.PathOf("opened") + query, null, http, headers);
            Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        }
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData(null, null, "?code=")]
    [InlineData(null, null, "?code=wrong")]
    [InlineData(null, null, "?code=FIRST-KEY")]
    [InlineData(null, null, "?key=first-key")]
    [InlineData("x-functions-key", "", "")]
    [InlineData("x-functions-key", "wrong", "")]
    [InlineData("x-functions-key", "first-ke", "")]
    [InlineData("x-functions-key", "first-key,first-key", "")]
    [InlineData("Authorization", "Bearer first-key", "")]
    public async Task Whoever_has_no_key_is_refused_whatever_the_route(string? header, string? value, string query)
    {
        (string, string)[] headers = header is null ? [] : [(header, value!)];
        (HttpMethod, string, HttpContent?)[] requests =
        [
            (HttpMethod.Put, server.PathOf("closed"), Payload.Content(Payload.Random(1_000_000))),
            (HttpMethod.Post, server.PathOf("closed"), Payload.Content([1], sized: false)),
            (HttpMethod.Get, server.PathOf("closed"), null),
            (HttpMethod.Post, "/api/peek", Payload.Content([1])),
            (HttpMethod.Get, "/api/nothing", null),
        ];
        foreach (var (method, path, content) in requests)
        {
            using var answer = await server.SendAsync(method, path + query, content, 1, headers);
            await ProblemDocument.ExpectAsync(answer, FailureKind.KeyInvalid, Phase.Admit);
        }

        Assert.False((await server.Container.GetBlobClient("closed").ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task A_body_without_a_key_is_not_asked_for()
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"PUT {server.PathOf("closed")} HTTP/1.1\nExpect: 100-continue\nContent-Length: 10");

        var answer = await connection.ReadAnswerAsync();
        ProblemDocument.Expect(answer, FailureKind.KeyInvalid, Phase.Admit);
        Assert.Equal("close", answer.Header("Connection"));
    }
}
