using System.Security.Cryptography;

namespace Sluice.Webhooks;

/// <summary>An RSA public key.</summary>
/// <param name="key">The key as a SubjectPublicKeyInfo (RFC 3279, section 2.3.1).</param>
/// <param name="hash">The hash that is signed.</param>
/// <param name="padding">How the hash is padded.</param>
internal sealed class RsaPublicKey(byte[] key, HashAlgorithmName hash, RSASignaturePadding padding) : PublicKey
{
    // NIST SP 800-131A: shorter keys are disallowed.
    private const int MinBits = 2048;

    /// <summary>Whether it is a key, and not too short.</summary>
    public static bool IsValid(byte[] key) => SizeOf(RSA.Create(), key) >= MinBits;

    public override bool Verifies(ReadOnlySpan<byte> computed, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key, out _);
        return rsa.VerifyHash(computed, signature, hash, padding);
    }
}
