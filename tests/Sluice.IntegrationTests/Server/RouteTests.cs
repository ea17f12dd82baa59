using System.Net;
using System.Text.Json;

namespace Sluice.IntegrationTests.Server;

/// <summary>What is not there, and what is not done with what is there.</summary>
[Collection<OnDefaultServer>]
public sealed class RouteTests(RunningServer server)
{
    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("PUT", "/api/nothing", 404)]
    [InlineData("PUT", "/blobs/c/a", 404)]
    [InlineData("PUT", "/api/blobs", 404)]
    [InlineData("POST", "/api/peek/more", 404)]
    [InlineData("DELETE", "/api/blobs/c/a", 405)]
    [InlineData("PATCH", "/api/blobs/c/a", 405)]
    [InlineData("OPTIONS", "/api/blobs/c/a", 405)]
    [InlineData("GET", "/api/peek", 405)]
    [InlineData("PUT", "/api/peek", 405)]
    public async Task Unknown_routes_and_wrong_methods_are_problems_too(string verb, string path, int status)
    {
        foreach (var http in (int[])[1, 2])
        {
            using var answer = await server.SendAsync(HttpMethod.Parse(verb), path, http: http);
            await AssertProblemAsync(answer, status);
        }
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9")]
    [InlineData("image/png")]
    public async Task A_problem_is_a_problem_whatever_the_client_would_rather_have(string accept)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, "/api/nothing", null, 1, ("Accept", accept));

        await AssertProblemAsync(answer, 404);
    }

    [Fact]
    public async Task A_wrong_method_is_told_the_right_ones()
    {
        using var blob = await server.SendAsync(HttpMethod.Delete, server.PathOf("a"));
        using var peek = await server.SendAsync(HttpMethod.Get, "/api/peek");

        Assert.Equal(["GET", "HEAD", "POST", "PUT"], blob.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Equal(["POST"], peek.Content.Headers.Allow);
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

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("type").GetString());
    }
}
