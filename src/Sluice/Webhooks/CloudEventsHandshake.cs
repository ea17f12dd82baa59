using System.Globalization;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// Answers a sender that asks for permission to deliver (https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section
/// 4). This protects others from deliveries that they did not ask for; it does not protect Sluice.
/// </summary>
internal sealed class CloudEventsHandshake(IReadOnlyCollection<string> origins, int? rate)
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

    public WebhookHandshake Answer(Func<string, string?> header)
    {
        var origin = header("WebHook-Request-Origin") ?? "";
        return IsName(origin) && origins.Any(allowed => allowed is Any || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
            ? new(origin, rate?.ToString(CultureInfo.InvariantCulture) ?? Any)
            : new(null, null);
    }

    private static bool IsName(string origin) =>
        origin.Length is > 0 and <= MaxOriginCharacters && origin.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
