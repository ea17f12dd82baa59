using System.Collections.Immutable;
using System.Globalization;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// Answers a sender that asks for permission to deliver (https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section
/// 4). This protects others from deliveries that they did not ask for; it does not protect Sluice.
/// </summary>
internal sealed class CloudEventsHandshake(IReadOnlyCollection<string> origins, int? rate) : AddressCheck
{
    private const string Any = "*";

    // A DNS name has at most 253 characters (RFC 1035, section 2.3.4), and is returned in a header.
    private const int MaxOriginCharacters = 253;

    public static CloudEventsHandshake Compile(WebhookCloudEventsOptions options, SettingProblems problems)
    {
        foreach (var origin in options.AllowedOrigins.Where(static origin => origin is not Any && !IsName(origin)))
        {
            problems.Add("AllowedOrigins", origin, "an origin is a DNS name as the sender writes it in WebHook-Request-Origin, or *");
        }

        if (options.AllowedRate is < 1)
        {
            problems.Add("AllowedRate", options.AllowedRate, "it must be at least 1 request per minute; without it, any rate is allowed");
        }

        return new([.. options.AllowedOrigins], options.AllowedRate);
    }

    public override ImmutableArray<string> Methods => ["OPTIONS"];

    /// <summary>The headers grant the permission, not the status: without permission there are none (section 4.2).</summary>
    public override Result<ChallengeReply>? Answer(AddressQuestion question)
    {
        if (question.Method != "OPTIONS")
        {
            return null;
        }

        var origin = question.Header("WebHook-Request-Origin") ?? "";
        return IsName(origin) && origins.Any(allowed => allowed is Any || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
            ? new ChallengeReply
            {
                Headers =
                [
                    new("WebHook-Allowed-Origin", origin),
                    new("WebHook-Allowed-Rate", rate?.ToString(CultureInfo.InvariantCulture) ?? Any),
                ],
            }
            : new ChallengeReply();
    }

    private static bool IsName(string origin) =>
        origin.Length is > 0 and <= MaxOriginCharacters && origin.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
