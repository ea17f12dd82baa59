using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Webhooks from the sender to the blob and the service behind.</summary>
public sealed class WebhookTests(HookServer server) : IClassFixture<HookServer>
{
    private const int BeyondTheWindow = 300_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Event(string id, int padding = 0) =>
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","padding":"{{new string('x', padding)}}"}""");

    [Theory]
    [InlineData(0)]
    [InlineData(BeyondTheWindow)]
    public async Task A_delivery_is_stored_under_its_id_with_what_its_headers_say(int padding)
    {
        var body = Event("a", padding);
        var answer = await server.DeliverAsync("github", $"stored-{padding}", body);

        Assert.Equal(201, answer.Status);
        var name = $"github/stored-{padding}";
        Assert.Equal(body, await server.VisibleAsync(name));
        var kept = (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Token)).Value.Metadata;
        Assert.Equal(("push", $"stored-{padding}"), (kept["x_github_event"], kept["x_github_delivery"]));
        Assert.DoesNotContain(kept, static pair => pair.Key.Contains("signature", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BeyondTheWindow)]
    public async Task A_forged_delivery_leaves_nothing(int padding)
    {
        var body = Event("forged", padding);
        var answer = await server.DeliverAsync("github", $"forged-{padding}", body, signed: [.. body, 1]);

        Assert.Equal((401, "urn:sluice:problem:signature-invalid"), (answer.Status, Type(answer)));
        Assert.Equal("Signature", answer.Header("WWW-Authenticate"));
        Assert.Null(await server.VisibleAsync($"github/forged-{padding}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BeyondTheWindow)]
    public async Task One_that_comes_again_is_a_duplicate_with_the_first_ones_tag(int padding)
    {
        var body = Event("again", padding);
        var first = await server.DeliverAsync("github", $"again-{padding}", body);
        var second = await server.DeliverAsync("github", $"again-{padding}", body);

        Assert.Equal((201, 200), (first.Status, second.Status));
        var told = JsonElement.Parse(second.Body);
        Assert.Equal("duplicate", told.GetProperty("status").GetString());
        Assert.Equal(JsonElement.Parse(first.Body).GetProperty("etag").GetString(), told.GetProperty("etag").GetString());
    }

    // Whoever knows an id and no secret is not told that it was here.
    [Theory]
    [InlineData(0)]
    [InlineData(BeyondTheWindow)]
    public async Task A_forged_repetition_is_told_nothing(int padding)
    {
        var body = Event("known", padding);
        Assert.Equal(201, (await server.DeliverAsync("github", $"known-{padding}", body)).Status);

        var answer = await server.DeliverAsync("github", $"known-{padding}", body, signed: [1]);

        Assert.Equal((401, "urn:sluice:problem:signature-invalid"), (answer.Status, Type(answer)));
    }

    [Fact]
    public async Task A_hundred_at_once_are_one_blob_and_one_request_behind_and_99_duplicates()
    {
        var script = server.Service.At(Scripts.Echo);
        var body = Event("parallel");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.DeliverAsync("passed", "parallel", body, script)));

        Assert.Single(answers, static answer => answer.Status == 201);
        Assert.Equal(99, answers.Count(
            static answer => answer.Status == 200 && JsonElement.Parse(answer.Body).GetProperty("status").GetString() == "duplicate"));
        Assert.Single(server.Service.Log, line => line == $"POST /{script}");
        Assert.Equal(body, await server.VisibleAsync("passed/parallel"));
    }

    [Theory]
    [InlineData("passed", 0)]
    [InlineData("passed", BeyondTheWindow)]
    [InlineData("both", 0)]
    [InlineData("both", BeyondTheWindow)]
    public async Task A_delivery_reaches_the_service_with_its_own_headers(string source, int padding)
    {
        var script = server.Service.At(Scripts.Echo);
        var body = Event("passed", padding);
        var answer = await server.DeliverAsync(source, $"on-{padding}", body, script);

        Assert.Equal(201, answer.Status);
        Assert.Equal(200, JsonElement.Parse(answer.Body).GetProperty("downstream").GetProperty("status").GetInt32());
        var seen = await server.Service.SeenAsync(script);
        Assert.Equal("whole", await seen.OutcomeAsync());
        Assert.Equal(
            (body.Length, $"on-{padding}", HookServer.Sign(body)),
            ((int)seen.Bytes, seen.Header("X-GitHub-Delivery"), seen.Header("X-Hub-Signature-256")));
        Assert.Equal(body, await server.VisibleAsync($"{source}/on-{padding}"));
    }

    [Theory]
    [InlineData("passed")]
    [InlineData("both")]
    [InlineData("relayed")]
    public async Task A_forged_delivery_beyond_the_window_reaches_the_service_as_a_broken_one(string source)
    {
        var script = server.Service.At(Scripts.Echo);
        var body = Event("broken", BeyondTheWindow);
        var answer = await server.DeliverAsync(source, $"broken-{source}", body, script, signed: [1]);

        Assert.Equal((401, "urn:sluice:problem:signature-invalid"), (answer.Status, Type(answer)));
        Assert.Equal("aborted", await (await server.Service.SeenAsync(script)).OutcomeAsync());
        Assert.Null(await server.VisibleAsync($"{source}/broken-{source}"));
    }

    [Theory]
    [InlineData("passed")]
    [InlineData("both")]
    [InlineData("relayed")]
    public async Task A_forged_delivery_within_the_window_reaches_no_service(string source)
    {
        var script = server.Service.At(Scripts.Echo);
        var answer = await server.DeliverAsync(source, $"small-{source}", Event("small"), script, signed: [1]);

        Assert.Equal(401, answer.Status);
        Assert.DoesNotContain(server.Service.Log, line => line.Contains(script, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_fails_does_not_take_back_what_was_stored()
    {
        var script = server.Service.At(Scripts.Status(500));
        var answer = await server.DeliverAsync("passed", "failing", Event("failing"), script);

        Assert.Equal(201, answer.Status);
        Assert.Equal(500, JsonElement.Parse(answer.Body).GetProperty("downstream").GetProperty("status").GetInt32());
        Assert.NotNull(await server.VisibleAsync("passed/failing"));
    }

    [Fact]
    public async Task Under_Both_a_service_that_fails_makes_the_sender_try_again()
    {
        var failing = server.Service.At(Scripts.Status(500));
        Assert.Equal(502, (await server.DeliverAsync("both", "retried", Event("retried"), failing)).Status);
        Assert.Null(await server.VisibleAsync("both/retried"));

        Assert.Equal(201, (await server.DeliverAsync("both", "retried", Event("retried"), server.Service.At(Scripts.Echo))).Status);
    }

    [Theory]
    [InlineData("nobody", 404, "source-unknown")]
    [InlineData("off", 410, "source-off")]
    public async Task A_source_that_takes_nothing_says_so(string source, int status, string type)
    {
        var answer = await server.DeliverAsync(source, "x", Event("x"));

        Assert.Equal((status, $"urn:sluice:problem:{type}"), (answer.Status, Type(answer)));
    }

    [Fact]
    public async Task A_delivery_over_the_sources_limit_is_refused_declared_or_not()
    {
        var body = Event("large", 2000);
        foreach (var sized in (bool[])[true, false])
        {
            var answer = await server.DeliverAsync("small", $"large-{sized}", body, content: Payload.Content(body, sized));
            Assert.Equal((413, "urn:sluice:problem:body-too-large"), (answer.Status, Type(answer)));
            Assert.Null(await server.VisibleAsync($"small/large-{sized}"));
        }
    }

    // RFC 6750, section 3.
    [Theory]
    [InlineData(null, "signature-missing", "Bearer")]
    [InlineData("Basic YTpi", "signature-malformed", "Bearer")]
    [InlineData("Bearer another", "signature-invalid", "Bearer error=\"invalid_token\"")]
    public async Task A_sender_of_events_without_the_token_is_asked_for_it(string? authorization, string type, string challenge)
    {
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
        using var response = await server.SendAsync(HttpMethod.Post, "/api/hooks/events", Payload.Content(Event("event")), 1, headers);
        var answer = await Faults.Answer.OfAsync(response, Token);

        Assert.Equal((401, $"urn:sluice:problem:{type}"), (answer.Status, Type(answer)));
        Assert.Equal(challenge, answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Who_wants_to_know_gets_a_signed_event_once_with_the_address_of_the_blob()
    {
        var body = Event("told", BeyondTheWindow);
        var first = await server.DeliverAsync("told", "told.1", body);
        var second = await server.DeliverAsync("told", "told.1", body);

        Assert.Equal((201, 200), (first.Status, second.Status));
        Assert.Equal(200, JsonElement.Parse(first.Body).GetProperty("notified").GetProperty("status").GetInt32());
        var told = await server.Service.SeenAsync("events");
        Assert.Equal("application/cloudevents+json", told.Header("Content-Type"));
        Assert.Single(server.Service.Log, static line => line == "POST /events");
        Assert.Equal("told/told_1", told.Header("webhook-id"));
        Assert.StartsWith("v1,", told.Header("webhook-signature"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_tell_does_not_take_back_what_was_stored()
    {
        var answer = await server.DeliverAsync("unheard", "unheard", Event("unheard"));

        Assert.Equal(201, answer.Status);
        Assert.Equal(
            "urn:sluice:problem:downstream-unreachable",
            JsonElement.Parse(answer.Body).GetProperty("notified").GetProperty("problem").GetString());
        Assert.NotNull(await server.VisibleAsync("unheard/unheard"));
    }

    private static string? Type(Faults.Answer answer) => JsonElement.Parse(answer.Body).GetProperty("type").GetString();
}
