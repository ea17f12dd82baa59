using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The secrets of Standard Webhooks, whose prefix tells their kind (section "Signature scheme").</summary>
internal sealed record StandardWebhooksKeys(HmacKeys Symmetric, IReadOnlyList<Ed25519PublicKey> Asymmetric)
{
    private const string SymmetricPrefix = "whsec_";
    private const string AsymmetricPrefix = "whpk_";

    // 192 bits. The specification's upper bound, 64 bytes, protects nobody here, and Svix has secrets of 75.
    private const int MinSymmetricBytes = 24;

    public static StandardWebhooksKeys Compile(IList<string> secrets, SettingProblems problems)
    {
        var keys = SecretList.Read(
            secrets, Key,
            $"{SymmetricPrefix} and at least {MinSymmetricBytes} bytes in base64, "
                + $"or {AsymmetricPrefix} and an Ed25519 public key in base64; "
                + "add the prefix if the sender omits it",
            problems);
        return new(new(WebhookHmacAlgorithm.Sha256, [.. keys.OfType<byte[]>()]), [.. keys.OfType<Ed25519PublicKey>()]);
    }

    private static object? Key(string secret)
    {
        if (secret.StartsWith(SymmetricPrefix, StringComparison.Ordinal))
        {
            return SignatureCode.Decode(secret.AsSpan(SymmetricPrefix.Length), WebhookEncoding.Base64)
                is { Length: >= MinSymmetricBytes } key
                ? key
                : null;
        }

        return secret.StartsWith(AsymmetricPrefix, StringComparison.Ordinal)
            && SignatureCode.Decode(secret.AsSpan(AsymmetricPrefix.Length), WebhookEncoding.Base64) is { } point
            ? Ed25519PublicKey.Read(point)
            : null;
    }
}
