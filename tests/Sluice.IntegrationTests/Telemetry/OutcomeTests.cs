using System.Net;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>Ends of a body that are neither a blob nor a failure.</summary>
public sealed class OutcomeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_duplicate_and_an_answered_challenge_are_outcomes_of_their_own_and_no_failures()
    {
        await using var server = await TelemetryServer.StartAsync(
            azurite,
            ("Sluice:Hooks:Sources:open:Scheme", "none"),
            ("Sluice:Hooks:Sources:open:Store:Container", "{container}"),
            ("Sluice:Hooks:Sources:slack:Scheme", "slack"),
            ("Sluice:Hooks:Sources:slack:Secrets:0", HookServer.Secret),
            ("Sluice:Hooks:Sources:slack:Store:Container", "{container}"));
        Assert.Equal(HttpStatusCode.Created, await PostAsync("open", "{}"u8.ToArray()));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("open", "{}"u8.ToArray()));
        var challenge = """{"type":"url_verification","challenge":"here"}"""u8.ToArray();
        Assert.Equal(HttpStatusCode.OK, await PostAsync("slack", challenge, HookServer.SlackHeaders(challenge, DateTimeOffset.UtcNow)));

        foreach (var outcome in (string[])["stored", "duplicate", "answered"])
            Assert.Equal(1, (await server.Receiver.UntilAsync(receiver => receiver.Point(
                "sluice.upload.duration", ("sluice.outcome", outcome)))).Count);
        Assert.Null(server.Receiver.Point("sluice.failures"));
        var logs = await server.Receiver.UntilAsync(static receiver => receiver.Logs is { } all && all.Count(IsOfBodies) == 3 ? all : null);
        Assert.Equal(["Answered", "Duplicate", "Stored"], logs.Where(IsOfBodies).Select(static log => log.Body.Split(' ')[0]).Order());

        async Task<HttpStatusCode> PostAsync(string source, byte[] body, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/hooks/{source}") { Content = Payload.Content(body) };
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    private static bool IsOfBodies(OtlpLog log) => log.Scope == "Sluice.Uploads.UploadPipeline";
}
