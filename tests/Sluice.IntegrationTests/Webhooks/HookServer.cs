using System.Security.Cryptography;
using System.Text;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>A server with sources of webhooks, and a downstream service in the process of the tests.</summary>
public sealed class HookServer(AzuriteFixture azurite) : ServiceServer(azurite)
{
    /// <summary>What events are signed with.</summary>
    internal const string EventSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>What deliveries are signed with.</summary>
    internal const string Secret = "It's a Secret to Everybody";

    private string? _listening;

    /// <summary>What happens when the service is told of a delivery to <c>heard</c>.</summary>
    internal ServiceScript OnHeard { get; set; } = Scripts.Echo;

    protected override IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>
            {
                ["Sluice:Relay:Targets:service:Address"] = $"{Service.Address()}",
                ["Sluice:Hooks:Sources:passed:Relay:Path"] = "{header:X-Script}",
                ["Sluice:Hooks:Sources:both:Relay:Path"] = "{header:X-Script}",
                ["Sluice:Hooks:Sources:both:Commit"] = "Both",
                ["Sluice:Hooks:Sources:relayed:Relay:Path"] = "{header:X-Script}",
                ["Sluice:Hooks:Sources:small:MaxBytes"] = "1000",
                ["Sluice:Hooks:Sources:off:Enabled"] = "false",
                ["Sluice:Hooks:Sources:unnamed:Scheme"] = "none",
                ["Sluice:Hooks:Sources:slack:Scheme"] = "slack",
                ["Sluice:Hooks:Sources:slack:Secrets:0"] = Secret,
                ["Sluice:Hooks:Sources:told:Notify:Target"] = "service",
                ["Sluice:Hooks:Sources:told:Notify:Path"] = "events",
                ["Sluice:Hooks:Sources:told:Notify:Secret"] = EventSecret,
                ["Sluice:Hooks:Sources:heard:Notify:Target"] = "service",
                ["Sluice:Hooks:Sources:heard:Notify:Path"] = _listening ??= Service.At((context, exchange) => OnHeard(context, exchange)),
                ["Sluice:Hooks:Sources:heard:Notify:Secret"] = EventSecret,
                ["Sluice:Hooks:Sources:unheard:Notify:Target"] = "closed",
                ["Sluice:Hooks:Sources:unheard:Notify:Secret"] = EventSecret,
                ["Sluice:Relay:Targets:closed:Address"] = "http://127.0.0.1:1/",
                ["Sluice:Hooks:Sources:events:Scheme"] = "cloudevents",
                ["Sluice:Hooks:Sources:events:Secrets:0"] = "a-token-of-at-least-16-characters",
                ["Sluice:Hooks:Sources:events:CloudEvents:AllowedOrigins:0"] = "eventgrid.azure.net",
                ["Sluice:Hooks:Sources:events:CloudEvents:AllowedRate"] = "120",
            };
            foreach (var source in (string[])["github", "passed", "both", "relayed", "small", "off", "told", "heard", "unheard"])
            {
                settings[$"Sluice:Hooks:Sources:{source}:Scheme"] = "github";
                settings[$"Sluice:Hooks:Sources:{source}:Secrets:0"] = Secret;
            }

            foreach (var source in (string[])[
                "github", "passed", "both", "small", "off", "unnamed", "events", "slack", "told", "heard", "unheard"])
                settings[$"Sluice:Hooks:Sources:{source}:Store:Container"] = Container.Name;
            foreach (var source in (string[])["passed", "both", "relayed"])
                settings[$"Sluice:Hooks:Sources:{source}:Relay:Target"] = "service";
            return settings;
        }
    }

    internal static (string, string)[] SlackHeaders(byte[] body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{time}:"), .. body];
        return
        [
            ("X-Slack-Request-Timestamp", time),
            ("X-Slack-Signature", $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}")
        ];
    }

    internal static string Sign(byte[] body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}";

    internal static (string Name, string Value)[] Headers(string id, byte[] body, string? script = null) =>
        [("X-GitHub-Delivery", id), ("X-GitHub-Event", "push"), ("X-Hub-Signature-256", Sign(body)), ("X-Script", script ?? "none")];

    /// <summary>Delivers as GitHub does.</summary>
    internal async Task<Faults.Answer> DeliverAsync(
        string source, string id, byte[] body, string? script = null, byte[]? signed = null, HttpContent? content = null)
    {
        using var response = await SendAsync(
            HttpMethod.Post, $"/api/hooks/{source}", content ?? Payload.Content(body), 1, Headers(id, signed ?? body, script));
        return await Faults.Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }
}
