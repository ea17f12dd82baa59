using System.Security.Cryptography;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// Reads the public keys of a source: a SubjectPublicKeyInfo in PEM or base64, for Ed25519 also the 32 bytes in hex or base64.
/// </summary>
internal static class PublicKeyList
{
    // RFC 8410, section 4: what comes before the 32 bytes of the key.
    private static readonly byte[] _ed25519Info = Convert.FromHexString("302a300506032b6570032100");

    private const int Ed25519Bytes = 32;

    /// <summary>Keys for Ed25519.</summary>
    /// <param name="options">The settings of the source.</param>
    /// <param name="ed25519">What reads them; null if the app has none.</param>
    /// <param name="problems">Collects the problems.</param>
    public static Ed25519Keys Ed25519(WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems) => new(SecretList.Read(
        options.Secrets, secret => Ed25519Bits(secret) is { } bits ? ed25519?.Read(bits) : null,
        "an Ed25519 public key: its 32 bytes in hex or base64, or the key in PEM", problems,
        secret => ed25519 is null && Ed25519Bits(secret) is not null ? Ed25519Keys.Missing("32 bytes") : null));

    /// <summary>Keys for ECDSA.</summary>
    /// <param name="options">The settings of the source.</param>
    /// <param name="bits">The size of the curve; null for any of at least 256 bits.</param>
    /// <param name="hash">The hash that is signed.</param>
    /// <param name="format">How signatures are written.</param>
    /// <param name="problems">Collects the problems.</param>
    public static HashedKeys Ecdsa(
        WebhookSourceOptions options, int? bits, HashAlgorithmName hash, DSASignatureFormat format, SettingProblems problems) => new(
        hash,
        SecretList.Read(
            options.Secrets,
            secret => Info(secret) is { } key && EcdsaPublicKey.IsValid(key, bits) ? new EcdsaPublicKey(key, format) : null,
            $"a public key for ECDSA{(bits is null ? "" : $" on a curve of {bits} bits")}, in base64 or PEM", problems));

    /// <summary>Keys for RSA.</summary>
    /// <param name="options">The settings of the source.</param>
    /// <param name="hash">The hash that is signed.</param>
    /// <param name="padding">How it is padded.</param>
    /// <param name="problems">Collects the problems.</param>
    public static HashedKeys Rsa(
        WebhookSourceOptions options, HashAlgorithmName hash, RSASignaturePadding padding, SettingProblems problems) => new(
        hash,
        SecretList.Read(
            options.Secrets, secret => Info(secret) is { } key && RsaPublicKey.IsValid(key) ? new RsaPublicKey(key, hash, padding) : null,
            "a public key for RSA of at least 2048 bits, in base64 or PEM", problems));

    private static byte[]? Ed25519Bits(string secret)
    {
        var bytes = secret.Length == 2 * Ed25519Bytes ? SignatureCode.Decode(secret, WebhookEncoding.Hex) : Info(secret);
        return bytes is { Length: Ed25519Bytes } ? bytes
            : bytes is not null && bytes.Length == _ed25519Info.Length + Ed25519Bytes && bytes.AsSpan().StartsWith(_ed25519Info)
                ? bytes[_ed25519Info.Length..]
            : null;
    }

    // An app setting may have lost the line breaks of a PEM text.
    private static byte[]? Info(string secret)
    {
        const string Begin = "-----BEGIN PUBLIC KEY-----";
        const string End = "-----END PUBLIC KEY-----";
        var text = secret.StartsWith(Begin, StringComparison.Ordinal) && secret.EndsWith(End, StringComparison.Ordinal)
            ? string.Concat(secret[Begin.Length..^End.Length].Where(static c => !char.IsWhiteSpace(c)))
            : secret;
        return SignatureCode.Decode(text, WebhookEncoding.Base64);
    }
}
