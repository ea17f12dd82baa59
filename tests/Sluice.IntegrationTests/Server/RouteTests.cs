using System.Net;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Server;

/// <summary>What is not there, and what is not done with what is there.</summary>
[Collection<OnDefaultServer>]
public sealed class RouteTests(RunningServer server)
{
    /// <summary>What a browser says that opens an address.</summary>
    internal static readonly (string Name, string Value) Browser =
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("PUT", "/api/nothing", 404)]
    [InlineData("PUT", "/blobs/c/a", 404)]
    [InlineData("PUT", "/api/blobs", 404)]
    [InlineData("POST", "/api/peek/more", 404)]
    [InlineData("DELETE", "/api/blobs/c/a", 405)]
    [InlineData("GET", "/api/blobs/c", 405)]
    [InlineData("PATCH", "/api/blobs/c/a", 405)]
    [InlineData("OPTIONS", "/api/blobs/c/a", 405)]
    [InlineData("GET", "/api/peek", 405)]
    [InlineData("PUT", "/api/peek", 405)]
    public async Task Unknown_routes_and_wrong_methods_are_problems_too(string verb, string path, int status)
    {
        foreach (var http in (int[])[1, 2])
        {
            using var answer = await server.SendAsync(HttpMethod.Parse(verb), path, http: http);
            await ProblemDocument.ExpectAsync(answer, status == 404 ? FailureKind.RouteUnknown : FailureKind.MethodRefused, Phase.Admit);
        }
    }

    [Theory]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/peek", 405)]
    public async Task To_a_HEAD_they_are_said_without_a_body(string path, int status)
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"HEAD {path} HTTP/1.1");
        var answer = await connection.ReadHeadAsync();
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));

        // The next answer on the connection begins where the last one ended.
        await connection.SendHeadAsync("GET /api/health/live HTTP/1.1");
        Assert.Equal(200, (await connection.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task A_body_that_nothing_takes_is_read_so_that_its_sender_sees_why()
    {
        using var answer = await server.SendAsync(HttpMethod.Put, "/api/nothing", Payload.Content(Payload.Random(3_000_000), sized: false));

        await ProblemDocument.ExpectAsync(answer, FailureKind.RouteUnknown, Phase.Admit);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("image/png")]
    [InlineData("text/html, */*")]
    public async Task A_problem_is_a_problem_unless_the_client_prefers_a_page(string accept)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, "/api/nothing", null, 1, ("Accept", accept));

        await ProblemDocument.ExpectAsync(answer, FailureKind.RouteUnknown, Phase.Admit);
        Assert.Equal(["Accept"], answer.Headers.Vary);
    }

    [Theory]
    [InlineData("GET", "/", 404, "No such route")]
    [InlineData("GET", "/api/nothing", 404, "No such route")]
    [InlineData("GET", "/api/peek", 405, "Method not allowed")]
    [InlineData("GET", "/api/blobs/no-such/a", 404, "No such container")]
    [InlineData("GET", "/api/files/none", 404, "No such upload")]
    [InlineData("PUT", "/api/blobs/no-such/a", 404, "No such container")]
    public async Task A_browser_gets_the_problem_as_a_page(string verb, string path, int status, string title)
    {
        foreach (var http in (int[])[1, 2])
        {
            using var answer = await server.SendAsync(
                HttpMethod.Parse(verb), path, verb == "PUT" ? Payload.Content(Payload.Random(3_000_000), sized: false) : null, http,
                Browser);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal((status, "text/html; charset=utf-8"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
            Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
            Assert.Equal(["Accept"], answer.Headers.Vary);
            Assert.Equal(path == "/api/peek" ? ["POST"] : [], answer.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task To_a_HEAD_the_page_has_no_body_either()
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"HEAD /api/nothing HTTP/1.1\n{Browser.Name}: {Browser.Value}");
        var answer = await connection.ReadHeadAsync();
        Assert.Equal((404, "text/html; charset=utf-8"), (answer.Status, answer.Header("Content-Type")));

        await connection.SendHeadAsync("GET /api/health/live HTTP/1.1");
        Assert.Equal(200, (await connection.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task A_wrong_method_is_told_the_right_ones()
    {
        using var peek = await server.SendAsync(HttpMethod.Get, "/api/peek");

        Assert.Equal(["POST"], peek.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("DELETE", "/a", "Sluice:Blob:AllowDelete", "GET", "HEAD", "POST", "PUT")]
    [InlineData("PATCH", "/a", "Allow", "GET", "HEAD", "POST", "PUT")]
    [InlineData("GET", "", "Sluice:Blob:AllowList", "POST")]
    [InlineData("HEAD", "", null, "POST")]
    [InlineData("PATCH", "", "Allow", "POST")]
    public async Task What_the_settings_leave_off_is_a_wrong_method(string verb, string path, string? said, params string[] allowed)
    {
        using var answer = await server.SendAsync(HttpMethod.Parse(verb), $"/api/blobs/{server.Container.Name}{path}");

        Assert.Equal(allowed, answer.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        if (said is not null)
            Assert.Contains(
                said, (await ProblemDocument.ExpectAsync(answer, FailureKind.MethodRefused, Phase.Admit)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/API/Blobs/{0}/case")]
    [InlineData("/api/blobs/{0}/case?x=y")]
    public async Task Routes_are_found_in_any_case_and_with_any_query(string path)
    {
        path = path.Replace("{0}", server.Container.Name, StringComparison.Ordinal);

        using var answer = await server.SendAsync(HttpMethod.Put, path, Payload.Content([1]));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_do_not_name_the_server_software()
    {
        using var answer = await server.SendAsync(HttpMethod.Get, "/api/nothing");

        Assert.Empty(answer.Headers.Server);
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }
}
