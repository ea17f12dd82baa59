using System.Net;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Worker;

/// <summary>What the host finds, and for whom.</summary>
public sealed partial class WorkerRouteTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HostedWorker Worker => fixture.Worker;

    [Fact]
    public async Task Every_function_answers_to_all_of_its_methods()
    {
        Assert.NotEmpty(Worker.Host.Functions);
        foreach (var function in Worker.Host.Functions)
        {
            // Whoever replays events sees none, and changes what others get: that takes the master key.
            Assert.Equal(function.Name == "Replay" ? "Admin" : "Function", function.Authorization);
            var before = Calls(function.Name);
            foreach (var method in function.Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/{Parameter().Replace(function.Route, "some")}");
                using var answer = await Worker.Client.SendAsync(request, Cancelled);
                // What the host says for itself has no such header; an empty answer has none either.
                Assert.True(
                    answer.StatusCode is not (HttpStatusCode.InternalServerError or HttpStatusCode.Unauthorized)
                        && (answer.StatusCode != HttpStatusCode.NotFound || answer.Headers.Contains("X-Content-Type-Options")),
                    $"{function.Name} {method}: {answer}\n{string.Join('\n', Worker.Host.Logs)}");
            }
            Assert.Equal(before + function.Methods.Count, Calls(function.Name));
        }
    }

    [Fact]
    public async Task A_blob_that_is_put_can_be_read_and_asked_for()
    {
        await Worker.PutAsync("folder/x", 100_000, Memory.Framing.Chunked, seed: 1);
        await Worker.PutAsync("folder/x", 200_000, Memory.Framing.ContentLength, seed: 2);

        using var head = await Worker.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Worker.PathOf("folder/x")), Cancelled);
        var read = await Worker.Client.GetByteArrayAsync(Worker.PathOf("folder/x"), Cancelled);

        Assert.Equal(200_000, head.Content.Headers.ContentLength);
        Assert.Equal((await Worker.Container.GetBlobClient("folder/x").DownloadContentAsync(Cancelled)).Value.Content.ToArray(), read);
    }

    [Theory]
    [InlineData(null, "", HttpStatusCode.Unauthorized)]
    [InlineData("wrong", "", HttpStatusCode.Unauthorized)]
    [InlineData(null, "?code=wrong", HttpStatusCode.Unauthorized)]
    [InlineData(null, "?code={key}", HttpStatusCode.OK)]
    [InlineData("{key}", "", HttpStatusCode.OK)]
    public async Task A_function_is_for_those_who_know_the_key(string? header, string query, HttpStatusCode expected)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Worker.Host.Address };
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/health/live{query.Replace("{key}", Worker.Host.Key, StringComparison.Ordinal)}");
        if (header is not null)
            request.Headers.Add("x-functions-key", header.Replace("{key}", Worker.Host.Key, StringComparison.Ordinal));
        using var answer = await client.SendAsync(request, Cancelled);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await answer.Content.ReadAsByteArrayAsync(Cancelled)).Length > 0);
        // Not even where it is in the address.
        Assert.DoesNotContain(
            Worker.Host.Logs.Concat(Worker.Host.DroppedLogs),
            line => line.Level != "Debug" && line.Message.Contains(Worker.Host.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/health/live")]
    public async Task What_is_not_below_the_prefix_is_the_hosts_own_empty_404(string method, string path)
    {
        using var answer = await SendAsync(method, path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("GET", "/api", "404 route-unknown")]
    [InlineData("GET", "/api/nothing", "404 route-unknown")]
    [InlineData("GET", "/api/health//live", "404 route-unknown")]
    [InlineData("PUT", "/api/health/live", "405 method-refused", "GET, HEAD")]
    [InlineData("GET", "/api/peek", "405 method-refused", "POST")]
    [InlineData("DELETE", "/api/blobs/c/a/b", "405 method-refused", "GET, HEAD, POST, PUT")]
    [InlineData("PATCH", "/api/blobs/c/a/b", "405 method-refused", "GET, HEAD, POST, PUT")]
    [InlineData("GET", "/api/blobs/c", "405 method-refused", "POST")]
    [InlineData("PATCH", "/api/blobs/c", "405 method-refused", "POST")]
    [InlineData("PROPFIND", "/api/files/x", "405 method-refused", "DELETE, GET, HEAD, OPTIONS, PATCH, POST")]
    public async Task What_no_function_takes_is_a_problem_with_the_methods_that_there_are(
        string method, string path, string problem, string? allow = null)
    {
        using var answer = await SendAsync(method, path);

        Assert.Equal(problem, (await Answer.OfAsync(answer, Cancelled)).Problem);
        Assert.Equal(allow, answer.Content.Headers.Allow.Count > 0 ? string.Join(", ", answer.Content.Headers.Allow) : null);
    }

    [Theory]
    [InlineData("/api/health/live")]
    [InlineData("/api/health/ready")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/upload")]
    public async Task What_can_be_got_can_be_asked_for_by_HEAD(string path)
    {
        using var got = await SendAsync("GET", path);
        using var head = await SendAsync("HEAD", path);

        Assert.Equal((got.StatusCode, got.Content.Headers.ContentLength), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/peek", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/blobs/no-such-container/x", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/api/nothing", HttpStatusCode.NotFound)]
    public async Task A_browser_gets_a_problem_as_a_page(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using var answer = await Worker.Client.SendAsync(request, Cancelled);

        Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(["Accept"], answer.Headers.Vary);
        Assert.Equal(method == "HEAD", (await answer.Content.ReadAsByteArrayAsync(Cancelled)).Length == 0);
    }

    // Whoever has no telemetry has the host's log.
    [Theory]
    [InlineData("GET", "/api/nothing")]
    [InlineData("PUT", "/api/blobs/no-such-container/x")]
    [InlineData("GET", "/api/blobs/no-such-container/x")]
    public async Task A_problems_trace_is_in_the_hosts_log(string method, string path)
    {
        using var answer = await SendAsync(method, path);
        var trace = (await Answer.OfAsync(answer, Cancelled)).Text("traceId");

        // It may come after the answer.
        await Worker.UntilLoggedAsync(line => line.Message.Contains(trace, StringComparison.Ordinal) && line.InvocationId.Length > 0);
    }

    [Fact]
    public async Task An_answer_that_refuses_a_short_body_arrives()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/blobs/no-such-container/x")
        {
            Content = new ByteArrayContent(TestBody.Of(TestBody.Mib))
        };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await Worker.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        Worker.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancelled);

    private int Calls(string function) => Worker.Host.Logs.Count(line => line.Message == $"Executing 'Functions.{function}'");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
