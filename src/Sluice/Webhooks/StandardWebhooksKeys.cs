using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The secrets of Standard Webhooks, whose prefix tells their kind (section "Signature scheme").</summary>
internal sealed record StandardWebhooksKeys(HmacKeys Symmetric, Ed25519Keys Asymmetric)
{
    private const string SymmetricPrefix = "whsec_";
    private const string AsymmetricPrefix = "whpk_";

    // 192 bits. The specification's upper bound, 64 bytes, protects nobody here, and Svix has secrets of 75.
    private const int MinSymmetricBytes = 24;

    /// <summary>Compiles secrets.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="ed25519">What reads public keys; null if the app has none, and then a public key is a problem.</param>
    /// <param name="problems">Collects the problems.</param>
    public static StandardWebhooksKeys Compile(IList<string> secrets, IEd25519? ed25519, SettingProblems problems)
    {
        var keys = SecretList.Read(
            secrets, secret => Key(secret, ed25519),
            $"{SymmetricPrefix} and at least {MinSymmetricBytes} bytes in base64, "
                + $"or {AsymmetricPrefix} and an Ed25519 public key in base64; "
                + "add the prefix if the sender omits it",
            problems,
            secret => ed25519 is null && IsAsymmetric(secret) ? Ed25519Keys.Missing(AsymmetricPrefix) : null);
        return new(new(WebhookHmacAlgorithm.Sha256, [.. keys.OfType<byte[]>()]), new([.. keys.OfType<IEd25519PublicKey>()]));
    }

    private static object? Key(string secret, IEd25519? ed25519)
    {
        if (secret.StartsWith(SymmetricPrefix, StringComparison.Ordinal))
        {
            return SignatureCode.Decode(secret.AsSpan(SymmetricPrefix.Length), WebhookEncoding.Base64)
                is { Length: >= MinSymmetricBytes } key
                ? key
                : null;
        }

        return IsAsymmetric(secret) && SignatureCode.Decode(secret.AsSpan(AsymmetricPrefix.Length), WebhookEncoding.Base64) is { } point
            ? ed25519?.Read(point)
            : null;
    }

    private static bool IsAsymmetric(string secret) => secret.StartsWith(AsymmetricPrefix, StringComparison.Ordinal);
}
