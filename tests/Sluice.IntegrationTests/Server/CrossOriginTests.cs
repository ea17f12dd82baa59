using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Server;

/// <summary>What pages of other sites may do (CORS), by group of routes.</summary>
public sealed class CrossOriginTests(KeyServer server) : IClassFixture<KeyServer>
{
    private const string Key = "first-key";

    [Fact]
    public async Task A_page_in_a_browser_stores_reads_and_sees_what_was_wrong()
    {
        var seen = await Browser.CallAsync(
            server.Address(), new { Page = server.Origin, Folder = $"/api/blobs/{server.Container.Name}", Code = Key });

        Assert.Equal(
            [
                "put: 201 etag", "put again: 412", "range: 206 etag bytes 1-2/5", "form: 201", "wrong key: 401", "no such route: 404",
                "peek: TypeError", "delete: 204", $"xhr: 201 {server.PathOf("b.txt")}",
            ],
            seen.EnumerateObject().Select(static one => $"{one.Name}: {one.Value}"));
    }

    [Theory]
    [InlineData("/api/blobs/x/y.txt", "PUT, POST, GET, HEAD, DELETE, OPTIONS", null)]
    [InlineData("/api/blobs/x/y%2Fz.txt", "PUT, POST, GET, HEAD, DELETE, OPTIONS", null)]
    [InlineData("/api/blobs/x", "PUT, POST, GET, HEAD, DELETE, OPTIONS", null)]
    [InlineData("/api/ingest/a/b", "PUT, POST, OPTIONS", "*")]
    public async Task A_preflight_needs_no_key(string path, string methods, string? origin)
    {
        using var answer = await server.SendAsync(
            HttpMethod.Options, path, null, 1, ("Origin", server.Origin), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "content-type,x-functions-key"));

        Assert.Equal(
            (204, origin ?? server.Origin, methods, "content-type,x-functions-key"),
            (
                (int)answer.StatusCode, Header(answer, "Access-Control-Allow-Origin"), Header(answer, "Access-Control-Allow-Methods"),
                Header(answer, "Access-Control-Allow-Headers")));
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", Header(answer, "Vary"));
    }

    // Neither does another site's page see anything, nor one of a group of routes that is closed.
    [Theory]
    [InlineData("/api/blobs/x/y.txt", "https://evil.example")]
    [InlineData("/api/blobs/x/y.txt", "null")]
    [InlineData("/api/blobs/x/y.txt", "{0}0")]
    [InlineData("/api/blobs/x/y.txt", "{0}/")]
    [InlineData("/api/files", "{0}")]
    [InlineData("/api/peek", "{0}")]
    [InlineData("/api/openapi.json", "{0}")]
    [InlineData("/api/hooks/a", "{0}")]
    [InlineData("/api/relay/a/b", "{0}")]
    public async Task What_is_not_allowed_is_not_shown(string path, string origin)
    {
        origin = origin.Replace("{0}", server.Origin, StringComparison.Ordinal);
        foreach (var method in (HttpMethod[])[HttpMethod.Options, HttpMethod.Get])
        {
            using var answer = await server.SendAsync(
                method, path, null, 1, ("Origin", origin), ("Access-Control-Request-Method", "PUT"), ("x-functions-key", Key));

            Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
            Assert.Null(Header(answer, "Access-Control-Expose-Headers"));
        }
    }

    // An OPTIONS that is no preflight, and a request of no page, are what they were.
    [Fact]
    public async Task What_is_no_page_s_is_as_it_was()
    {
        using var options = await server.SendAsync(HttpMethod.Options, "/api/blobs/x/y.txt", null, 1, ("x-functions-key", Key));
        using var get = await server.SendAsync(HttpMethod.Get, "/api/blobs/x/y.txt", null, 1, ("x-functions-key", Key));

        Assert.Equal((405, 404), ((int)options.StatusCode, (int)get.StatusCode));
        Assert.Null(Header(get, "Access-Control-Allow-Origin"));
        Assert.Equal("Accept,Origin", Header(get, "Vary"));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;
}
