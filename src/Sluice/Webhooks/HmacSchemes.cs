using Sluice.Names;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The senders that sign by one HMAC in one header.</summary>
internal static class HmacSchemes
{
    private const string BodyOnly = "{body}";

    /// <summary>https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries</summary>
    public static WebhookScheme GitHub(string source, WebhookSourceOptions options, SettingProblems problems) => Known(
        source, options, problems, new("X-Hub-Signature-256", "sha256=", WebhookEncoding.Hex, Template(BodyOnly)),
        DeliveryIdRule.In("X-GitHub-Delivery"));

    /// <summary>https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
    public static WebhookScheme Slack(string source, WebhookSourceOptions options, SettingProblems problems) => new SlackScheme(Known(
        source, options, problems,
        new("X-Slack-Signature", "v0=", WebhookEncoding.Hex, Template("v0:{timestamp}:{body}"), "X-Slack-Request-Timestamp"),
        DeliveryIdRule.At("/event_id")));

    /// <summary>https://shopify.dev/docs/apps/build/webhooks/subscribe/https</summary>
    public static WebhookScheme Shopify(string source, WebhookSourceOptions options, SettingProblems problems) => Known(
        source, options, problems, new("X-Shopify-Hmac-Sha256", "", WebhookEncoding.Base64, Template(BodyOnly)),
        DeliveryIdRule.In("X-Shopify-Webhook-Id"));

    /// <summary>The scheme that the settings describe.</summary>
    public static WebhookScheme? Described(string source, WebhookSourceOptions options, SettingProblems problems)
    {
        if (options.Hmac is not { } hmac)
        {
            problems.Missing("Hmac", "it is required and describes the scheme hmac");
            return null;
        }

        var below = problems.Under("Hmac");
        var text = SignedText.Compile(hmac.Template, below);
        CheckNames(hmac, below);
        if (text is not null)
        {
            CheckSigned(options, hmac, text, problems);
        }

        var keys = SecretList.Read(
            options.Secrets, secret => SignatureCode.Decode(secret, hmac.SecretEncoding) is { Length: > 0 } key ? key : null,
            "what Hmac:SecretEncoding says", problems);
        var ids = DeliveryIdRule.Compile(options, DeliveryIdRule.Nowhere, problems);
        var timestampHeader = hmac.TimestampHeader is { Length: > 0 } named ? named : null;
        return text is null ? null : new HmacScheme(
            source, new(hmac.Header ?? "", hmac.Prefix, hmac.Encoding, text, timestampHeader), new(hmac.Algorithm, keys),
            new(options.Tolerance), ids);
    }

    private static HmacScheme Known(
        string source, WebhookSourceOptions options, SettingProblems problems, HmacRecipe recipe, DeliveryIdRule ids) => new(
        source, recipe, new(WebhookHmacAlgorithm.Sha256, SecretList.Text(options.Secrets, problems)), new(options.Tolerance),
        DeliveryIdRule.Compile(options, ids, problems));

    private static void CheckNames(WebhookHmacOptions hmac, SettingProblems problems)
    {
        if (string.IsNullOrEmpty(hmac.Header))
        {
            problems.Missing("Header", "it is required and names the header with the signature");
        }

        foreach (var (key, header) in ((string, string?)[])[("Header", hmac.Header), ("TimestampHeader", hmac.TimestampHeader)])
        {
            if (header is { Length: > 0 } && !HeaderName.IsValid(header))
            {
                problems.Add(key, header, "it is not a valid header name");
            }
        }

        if (hmac.Encoding is not (WebhookEncoding.Hex or WebhookEncoding.Base64))
        {
            problems.Add("Encoding", hmac.Encoding, "it must be Hex or Base64");
        }

        if (!Enum.IsDefined(hmac.Algorithm))
        {
            problems.Add("Algorithm", hmac.Algorithm, $"it is one of {string.Join(", ", Enum.GetNames<WebhookHmacAlgorithm>())}");
        }
    }

    // An unsigned time proves nothing, and a signed id must be sent.
    private static void CheckSigned(WebhookSourceOptions options, WebhookHmacOptions hmac, SignedText text, SettingProblems problems)
    {
        if (text.HasTimestamp != hmac.TimestampHeader is { Length: > 0 })
        {
            problems.Under("Hmac").Add(
                "Template", hmac.Template,
                "{timestamp} and Hmac:TimestampHeader belong together: a timestamp is useful only if it is signed");
        }

        if (text.HasId && string.IsNullOrEmpty(options.IdHeader))
        {
            problems.Missing("IdHeader", "Hmac:Template signs {id}, which requires a header");
        }
    }

    private static SignedText Template(string template) =>
        SignedText.Compile(template, new SettingProblems("", null, [])) ?? throw new FormatException(template);
}
