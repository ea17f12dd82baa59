using System.Text;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Senders that check the address before they deliver anything there.</summary>
[Collection<OnHookServer>]
public sealed class AddressCheckTests(HookServer server)
{
    [Theory]
    [InlineData("eventgrid.azure.net", "eventgrid.azure.net", "120")]
    [InlineData("somebody.example", null, null)]
    public async Task A_sender_of_events_is_told_whether_it_may(string origin, string? allowed, string? rate)
    {
        using var answer = await server.SendAsync(HttpMethod.Options, "/api/hooks/events", null, 1, ("WebHook-Request-Origin", origin));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(allowed, answer.Headers.TryGetValues("WebHook-Allowed-Origin", out var origins) ? origins.Single() : null);
        Assert.Equal(rate, answer.Headers.TryGetValues("WebHook-Allowed-Rate", out var rates) ? rates.Single() : null);
    }

    [Theory]
    [InlineData("OPTIONS", "github", "POST, HEAD")]
    [InlineData("GET", "github", "POST, HEAD")]
    [InlineData("GET", "events", "POST, HEAD, OPTIONS")]
    public async Task Other_senders_do_not_ask(string method, string source, string allowed)
    {
        using var answer = await server.SendAsync(HttpMethod.Parse(method), $"/api/hooks/{source}");

        await ProblemDocument.ExpectAsync(answer, FailureKind.MethodRefused, Phase.Admit);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("github", 200)]
    [InlineData("off", 410)]
    [InlineData("unknown", 404)]
    public async Task Who_only_looks_whether_the_address_is_there_is_told(string source, int status)
    {
        using var answer = await server.SendAsync(HttpMethod.Head, $"/api/hooks/{source}");

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Slack_is_answered_its_challenge_and_nothing_is_stored()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"token":"t","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}""");
        using var asked = await server.SendAsync(
            HttpMethod.Post, "/api/hooks/slack", Payload.Content(body), 1, HookServer.SlackHeaders(body, DateTimeOffset.UtcNow));
        using var forged = await server.SendAsync(
            HttpMethod.Post, "/api/hooks/slack", Payload.Content([.. body, (byte)' ']), 1,
            HookServer.SlackHeaders(body, DateTimeOffset.UtcNow));

        Assert.Equal((200, 401), ((int)asked.StatusCode, (int)forged.StatusCode));
        Assert.Equal(
            "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
            await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
