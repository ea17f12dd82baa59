using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reads;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>One media type is one media type, whichever way it comes in (docs/reading.md).</summary>
public sealed class DeclaredTypeTests(ScriptServer server) : IClassFixture<ScriptServer>
{
    private static readonly string[] _broken =
    [
        "image/png, text/html", "image/png,text/html", "text/plain; a=\"b\", text/html", "image/png; a", "image/*", "foo",
        "text/html text/plain"
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "blobs")]
    [InlineData("POST", "blobs")]
    [InlineData("PUT", "ingest")]
    [InlineData("POST", "files")]
    public async Task What_is_not_one_is_refused_before_the_body(string verb, string way)
    {
        Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        foreach (var mediaType in _broken.Append("image/png\nContent-Type: text/html"))
        {
            var name = $"broken-{Guid.NewGuid():N}";
            var path = way switch { "blobs" => server.PathOf(name), "ingest" => $"/api/ingest/{name}", _ => "/api/files" };
            using var connection = await server.ConnectAsync();
            // A client that waits for 100 Continue, and is not told to go on.
            await connection.SendHeadAsync(
                $"{verb} {path} HTTP/1.1\nx-functions-key: {ScriptServer.Key}\nContent-Length: 10\nExpect: 100-continue\nUpload-Complete: "
                    + $"?1\nContent-Type: {mediaType}");
            var answer = await connection.ReadHeadAsync();

            Assert.Equal((400, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_header_that_comes_twice_is_none(int http)
    {
        var name = $"twice-{http}";
        using var content = new ByteArrayContent([1]);
        using var answer = await server.SendAsync(
            HttpMethod.Put, server.PathOf(name), content, http, ("x-functions-key", ScriptServer.Key), ("Content-Type", "image/png"),
            ("Content-Type", "text/html"));

        await ProblemDocument.ExpectAsync(answer, FailureKind.HeaderInvalid, Phase.Admit);
        Assert.Null(await server.VisibleAsync(name));
    }

    [Fact]
    public async Task A_file_of_a_form_is_refused_by_itself()
    {
        using var form = new MultipartFormDataContent("boundary");
        foreach (var (name, mediaType) in (IEnumerable<(string, string)>)[("good.png", "Image/PNG"), ("bad.png", "image/png, text/html")])
        {
            var file = new ByteArrayContent([1]);
            file.Headers.TryAddWithoutValidation("Content-Type", mediaType);
            form.Add(file, name, name);
        }

        using var answer = await server.SendAsync(
            HttpMethod.Post, $"/api/blobs/{server.Container.Name}?prefix=parts/", form, 1, ("x-functions-key", ScriptServer.Key));

        Assert.Equal(207, (int)answer.StatusCode);
        Assert.NotNull(await server.VisibleAsync("parts/good.png"));
        Assert.Null(await server.VisibleAsync("parts/bad.png"));
        Assert.Equal(
            "image/png",
            (await server.Container.GetBlobClient("parts/good.png").GetPropertiesAsync(cancellationToken: Token)).Value.ContentType);
    }

    [Fact]
    public async Task A_webhook_is_not_lost_for_it_and_tus_leaves_it_out()
    {
        foreach (var mediaType in _broken)
        {
            foreach (var (way, stored) in (IEnumerable<(string, string)>)[("hook", "text/plain"), ("tus", "application/octet-stream")])
            {
                var path = await server.StoreAsync(
                    way, "event", mediaType, System.Text.Encoding.UTF8.GetBytes($"<html><!-- {Guid.NewGuid()} -->"));
                using var answer = await server.SendAsync(HttpMethod.Get, path, null, 1, ("x-functions-key", ScriptServer.Key));
                Assert.Equal((HttpStatusCode.OK, stored), (answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
            }
        }
    }

    [Theory]
    [InlineData("put")]
    [InlineData("form")]
    [InlineData("ingest")]
    [InlineData("hook")]
    [InlineData("tus")]
    [InlineData("ietf")]
    public async Task What_is_one_is_stored_in_one_form(string way)
    {
        var path = await server.StoreAsync(way, "canonical", "Text/CSV ;Charset=\"UTF-8\";", "a,b"u8.ToArray());

        using var answer = await server.SendAsync(HttpMethod.Get, path, null, 1, ("x-functions-key", ScriptServer.Key));

        Assert.Equal(["text/csv; charset=\"UTF-8\""], answer.Content.Headers.GetValues("Content-Type"));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("form")]
    [InlineData("ingest")]
    [InlineData("hook")]
    public async Task Markup_that_nobody_declares_is_text(string way)
    {
        foreach (var body in (string[])[
            "<!doctype html><script>", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "\ufeff<html>", "<svg onload=a>",
            "  <body>"])
        {
            var path = await server.StoreAsync(way, $"{Guid.NewGuid():N}", null, System.Text.Encoding.UTF8.GetBytes(body + way));
            using var answer = await server.SendAsync(HttpMethod.Get, path, null, 1, ("x-functions-key", ScriptServer.Key));
            Assert.Equal(["text/plain"], answer.Content.Headers.GetValues("Content-Type"));
        }
    }

    // Nobody listens there: what is not refused is unreachable.
    [Theory]
    [InlineData("typed", "image/png, text/html", "400 header-invalid")]
    [InlineData("typed", "text/html", "415 media-type-refused")]
    [InlineData("typed", "image/svg+xml", "415 media-type-refused")]
    [InlineData("typed", "image/png", "502 downstream-unreachable")]
    [InlineData("untyped", "image/png, text/html", "502 downstream-unreachable")]
    public async Task A_target_that_is_choosy_gets_nothing_that_has_two(string target, string mediaType, string problem)
    {
        using var content = new ByteArrayContent([1]);
        using var response = await server.SendAsync(
            HttpMethod.Post, $"/api/relay/{target}/a", content, 1, ("x-functions-key", ScriptServer.Key), ("Content-Type", mediaType));

        Assert.Equal(problem, (await Answer.OfAsync(response, Token)).Problem);
    }

    [Fact]
    public async Task A_peek_says_what_would_be_refused()
    {
        using var content = new ByteArrayContent([1]);
        using var response = await server.SendAsync(
            HttpMethod.Post, $"/api/peek?container={server.Container.Name}&name=a", content, 1, ("x-functions-key", ScriptServer.Key),
            ("Content-Type", "image/png, text/html"));
        var answer = await Answer.OfAsync(response, Token);

        Assert.Contains("header-invalid", answer.Body, StringComparison.Ordinal);
    }
}
