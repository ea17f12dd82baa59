using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The schemes by name.</summary>
internal static class WebhookSchemes
{
    private static readonly TimeSpan _minTolerance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _maxTolerance = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, Func<string, WebhookSourceOptions, IEd25519?, SettingProblems, WebhookScheme?>> _known =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["standard-webhooks"] = StandardWebhooksScheme.Standard,
            ["svix"] = StandardWebhooksScheme.Svix,
            ["github"] = Symmetric(SignedSchemes.GitHub),
            ["stripe"] = Symmetric(SignedSchemes.Stripe),
            ["slack"] = Symmetric(SignedSchemes.Slack),
            ["shopify"] = Symmetric(SignedSchemes.Shopify),
            ["cloudevents"] = Symmetric(CloudEventsScheme.From),
            ["http-message-signatures"] = MessageSignatureScheme.From,
            ["hmac"] = Symmetric(SignedSchemes.Hmac),
            ["public-key"] = SignedSchemes.PublicKey,
            ["none"] = Symmetric(UnsignedScheme.From),
        };

    /// <summary>Their names, as written in settings.</summary>
    public static IReadOnlyCollection<string> Names => _known.Keys;

    /// <summary>Creates a source's scheme; null if anything is wrong, which is reported.</summary>
    public static WebhookScheme? Compile(string source, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems)
    {
        var before = problems.Count;
        CheckCommon(options, problems);
        if (string.IsNullOrEmpty(options.Scheme))
        {
            problems.Missing("Scheme", $"it is one of {Listed}");
            return null;
        }

        if (!_known.TryGetValue(options.Scheme, out var compile))
        {
            problems.Add("Scheme", options.Scheme, $"it is one of {Listed}");
            return null;
        }

        var scheme = compile(source, options, ed25519, problems);
        return problems.Count == before ? scheme : null;
    }

    // A scheme without public keys.
    private static Func<string, WebhookSourceOptions, IEd25519?, SettingProblems, WebhookScheme?> Symmetric(
        Func<string, WebhookSourceOptions, SettingProblems, WebhookScheme?> compile) =>
        (source, options, _, problems) => compile(source, options, problems);

    private static string Listed => string.Join(", ", Names);

    private static void CheckCommon(WebhookSourceOptions options, SettingProblems problems)
    {
        if (options.Tolerance < _minTolerance || options.Tolerance > _maxTolerance)
        {
            problems.Add("Tolerance", options.Tolerance, $"it is from {_minTolerance} to {_maxTolerance}");
        }

        // A setting without effect would be mistaken for protection.
        foreach (var (key, value, scheme) in
            ((string, object?, string)[])
            [
                ("Hmac", options.Hmac, "hmac"), ("PublicKey", options.PublicKey, "public-key"),
                ("HttpMessageSignatures", options.HttpMessageSignatures, "http-message-signatures"),
                ("CloudEvents", options.CloudEvents, "cloudevents"),
            ])
        {
            if (value is not null && !scheme.Equals(options.Scheme, StringComparison.OrdinalIgnoreCase))
            {
                problems.Under(key).Whole($"is for the scheme {scheme} only");
            }
        }
    }
}
