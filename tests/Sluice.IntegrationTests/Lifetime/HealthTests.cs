using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Lifetime;

/// <summary>What probes are told: by a server that has keys, which they don't know, and whose storage can be made to fail.</summary>
public sealed class HealthTests(HealthTests.Fixture sluice) : IClassFixture<HealthTests.Fixture>
{
    private const string Blob = "sluice-health";

    // Twenty probes come within this time, and a healthy storage answers, on a busy machine too. The check itself has five times as long.
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_can_work_says_so_without_a_key()
    {
        var ready = await AskAsync("ready");

        Assert.Equal(200, ready.Status);
        Assert.Equal(("application/json", "no-store"), (ready.Header("Content-Type"), ready.Header("Cache-Control")));
        Assert.Equal("ready", ready.Text("status"));
        Assert.Equal(["startup healthy ", "shutdown healthy ", "storage healthy "], Checks(ready));
    }

    [Fact]
    public async Task A_server_that_lives_says_so_and_asks_nobody()
    {
        var before = sluice.Storage.Count(StorageOperation.GetProperties, Blob);
        var live = await AskAsync("live");

        Assert.Equal(200, live.Status);
        Assert.Equal(("application/json", "no-store"), (live.Header("Content-Type"), live.Header("Cache-Control")));
        Assert.Equal("live", live.Text("status"));
        Assert.Equal(before, sluice.Storage.Count(StorageOperation.GetProperties, Blob));
    }

    [Theory]
    [InlineData("GET", "/api/health")]
    [InlineData("GET", "/api/health/ready/x")]
    [InlineData("PUT", "/api/health/ready")]
    [InlineData("GET", "/api/openapi.json")]
    public async Task Everything_beside_it_needs_a_key(string verb, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(verb), path);
        using var answer = await sluice.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "storage-denied")]
    [InlineData(404, "ContainerNotFound", "storage-rejected")]
    [InlineData(503, "ServerBusy", "storage-throttled")]
    public async Task Storage_that_refuses_is_named_by_codes_only_and_the_log_says_more(int status, string code, string problem)
    {
        await UntilReadyAsync();
        sluice.Storage.Fail(StorageOperation.GetProperties, Blob, StorageFaults.Answer(status, code), times: 1);
        var lines = sluice.Server.Output.Count;

        var answer = await AskAsync("ready");

        Assert.Equal("503 not-ready", answer.Problem);
        Assert.Equal(("no-store", "1"), (answer.Header("Cache-Control"), answer.Header("Retry-After")));
        Assert.Equal(
            ["startup healthy ", "shutdown healthy ", $"storage unhealthy Sluice:Blob:Containers:0: {problem} {code}"], Checks(answer));
        Assert.DoesNotContain(sluice.Container.Name, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("devstoreaccount1", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", answer.Body, StringComparison.Ordinal);
        await UntilLoggedAsync(lines, $"Not ready: storage: {sluice.Container.Name}: {problem} {code}");
        Assert.Equal(200, (await AskAsync("ready")).Status);
        await UntilLoggedAsync(lines, "Ready again.");
    }

    [Fact]
    public async Task Storage_that_is_silent_is_not_waited_for_and_is_asked_once_whoever_asks()
    {
        var stalled = sluice.Storage.Fail(StorageOperation.GetProperties, Blob, StorageFaults.Stall, times: 1);
        var before = sluice.Storage.Count(StorageOperation.GetProperties, Blob);
        var began = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync("ready")));

        Assert.InRange(Stopwatch.GetElapsedTime(began), 0.9 * _timeout, TimeSpan.MaxValue);
        Assert.All(answers, static answer => Assert.Equal("503 not-ready", answer.Problem));
        Assert.All(answers, static answer => Assert.Equal("storage unhealthy timed-out", Checks(answer)[^1]));
        Assert.Equal(1, stalled.Failed);
        Assert.Equal(before + 1, sluice.Storage.Count(StorageOperation.GetProperties, Blob));

        // Alive all the while, and ready again without a restart.
        Assert.Equal(200, (await AskAsync("live")).Status);
        await UntilReadyAsync();
    }

    [Fact]
    public async Task The_routes_are_open_in_any_case_and_with_any_query()
    {
        using var answer = await sluice.Client.GetAsync(new Uri("/API/Health/Ready?x=y", UriKind.Relative), Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string[] Checks(Answer answer) =>
    [
        .. JsonElement.Parse(answer.Body).GetProperty("checks").EnumerateArray().Select(static check => string.Create(
            CultureInfo.InvariantCulture,
            $"{check.GetProperty("name").GetString()} {check.GetProperty("status").GetString()} "
                + $"{(check.TryGetProperty("detail", out var detail) ? detail.GetString() : "")}")),
    ];

    private async Task<Answer> AskAsync(string what)
    {
        using var answer = await sluice.Client.GetAsync(new Uri($"/api/health/{what}", UriKind.Relative), Cancelled);
        return await Answer.OfAsync(answer, Cancelled);
    }

    private async Task UntilReadyAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); (await AskAsync("ready")).Status != 200;)
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, SluiceFixture.Patience);
    }

    private async Task UntilLoggedAsync(int since, string text)
    {
        for (var began = Stopwatch.GetTimestamp(); !sluice.Server.Output.Skip(since)
            .Any(line => line.Contains(text, StringComparison.Ordinal)); await Task.Delay(TimeSpan.FromMilliseconds(10), Cancelled))
        {
            if (Stopwatch.GetElapsedTime(began) > SluiceFixture.Patience)
                Assert.Fail($"The server has not logged '{text}':\n{string.Join('\n', sluice.Server.Output)}");
        }
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite,
        ("Sluice:Server:Keys:0", "the-key"),
        ("Sluice:Server:AllowAnonymous", "false"),
        ("Sluice:Blob:MaxRetries", "0"),
        ("Sluice:Health:CacheTime", "00:00:00"),
        ("Sluice:Health:Timeout", $"{_timeout:c}"));
}
