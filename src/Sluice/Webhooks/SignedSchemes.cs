using System.Security.Cryptography;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The senders that sign in a header.</summary>
internal static class SignedSchemes
{
    private const string BodyOnly = "{body}";

    /// <summary>https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries</summary>
    public static WebhookScheme GitHub(string source, WebhookSourceOptions options, SettingProblems problems) => Known(
        source, options, problems, new(["X-Hub-Signature-256"], "sha256=", WebhookEncoding.Hex, Template(BodyOnly)),
        SecretList.Text(options.Secrets, problems), DeliveryIdRule.In("X-GitHub-Delivery"));

    /// <summary>https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
    public static WebhookScheme Slack(string source, WebhookSourceOptions options, SettingProblems problems) => Known(
        source, options, problems,
        new(["X-Slack-Signature"], "v0=", WebhookEncoding.Hex, Template("v0:{timestamp}:{body}"))
        { TimestampHeader = "X-Slack-Request-Timestamp" },
        SecretList.Text(options.Secrets, problems), DeliveryIdRule.At("/event_id"), new SlackCheck());

    /// <summary>https://shopify.dev/docs/apps/build/webhooks/subscribe/https</summary>
    public static WebhookScheme Shopify(string source, WebhookSourceOptions options, SettingProblems problems) => Known(
        source, options, problems, new(["X-Shopify-Hmac-Sha256"], "", WebhookEncoding.Base64, Template(BodyOnly)),
        SecretList.Text(options.Secrets, problems), DeliveryIdRule.In("X-Shopify-Webhook-Id"));

    /// <summary>
    /// https://docs.stripe.com/webhooks?verify=verify-manually#verify-manually. Other kinds of signature, such as <c>v0</c>, are ignored.
    /// </summary>
    public static WebhookScheme Stripe(string source, WebhookSourceOptions options, SettingProblems problems) => Known(
        source, options, problems,
        new(["Stripe-Signature"], "", WebhookEncoding.Hex, Template("{timestamp}.{body}")) { Fields = new("v1", "t", ',') },
        SecretList.Read(options.Secrets, StripeKey, "the signing secret of an endpoint, whsec_…", problems), DeliveryIdRule.At("/id"));

    /// <summary>An HMAC that the settings describe.</summary>
    public static WebhookScheme? Hmac(string source, WebhookSourceOptions options, SettingProblems problems)
    {
        if (options.Hmac is not { } hmac)
        {
            problems.Missing("Hmac", "it is required and describes the scheme hmac");
            return null;
        }

        if (!Enum.IsDefined(hmac.Algorithm))
        {
            problems.Under("Hmac").Add(
                "Algorithm", hmac.Algorithm, $"it is one of {string.Join(", ", Enum.GetNames<WebhookHmacAlgorithm>())}");
        }

        var keys = SecretList.Read(
            options.Secrets, secret => SignatureCode.Decode(secret, hmac.SecretEncoding) is { Length: > 0 } key ? key : null,
            "what Hmac:SecretEncoding says", problems);
        return Described(source, options, hmac, "Hmac", new HmacKeys(hmac.Algorithm, keys), problems);
    }

    /// <summary>A signature by a private key that the settings describe.</summary>
    public static WebhookScheme? PublicKey(string source, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems)
    {
        if (options.PublicKey is not { } described)
        {
            problems.Missing("PublicKey", "it is required and describes the scheme public-key");
            return null;
        }

        ISignatureKeys keys;
        switch (described.Algorithm)
        {
            case WebhookPublicKeyAlgorithm.Ed25519:
                keys = PublicKeyList.Ed25519(options, ed25519, problems);
                break;
            case WebhookPublicKeyAlgorithm.EcdsaSha256:
                keys = PublicKeyList.Ecdsa(
                    options, null, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence, problems);
                break;
            case WebhookPublicKeyAlgorithm.RsaSha256:
                keys = PublicKeyList.Rsa(options, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, problems);
                break;
            default:
                problems.Under("PublicKey").Add(
                    "Algorithm", described.Algorithm, $"it is one of {string.Join(", ", Enum.GetNames<WebhookPublicKeyAlgorithm>())}");
                return null;
        }

        return Described(source, options, described, "PublicKey", keys, problems);
    }

    private static SignedScheme Known(
        string source, WebhookSourceOptions options, SettingProblems problems, SignatureRecipe recipe, IReadOnlyList<byte[]> secrets,
        DeliveryIdRule ids, AddressCheck? check = null) => new(
        source, recipe, new HmacKeys(WebhookHmacAlgorithm.Sha256, secrets), new(options.Tolerance),
        DeliveryIdRule.Compile(options, ids, problems))
        { AddressCheck = check ?? AddressCheck.None };

    private static SignedScheme? Described(
        string source, WebhookSourceOptions options, WebhookSignatureOptions signature, string section, ISignatureKeys keys,
        SettingProblems problems)
    {
        var recipe = DescribedRecipe.Compile(options, signature, section, problems);
        var ids = DeliveryIdRule.Compile(options, DeliveryIdRule.Nowhere, problems);
        return recipe is null
            ? null
            : new SignedScheme(source, recipe, keys, new(options.Tolerance, signature.TimestampFormat), ids);
    }

    // Used as written: whsec_ is part of the key, unlike elsewhere. Stripe's other keys begin with sk_, pk_ or rk_.
    private static byte[]? StripeKey(string secret) =>
        secret.StartsWith("whsec_", StringComparison.Ordinal) ? SignatureCode.Decode(secret, WebhookEncoding.Text) : null;

    private static SignedText Template(string template) =>
        SignedText.Compile(template, new SettingProblems("", null, [])) ?? throw new FormatException(template);
}
