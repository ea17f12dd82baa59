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
    public static bool IsValid(byte[] key)
    {
        try
        {
            using var rsa = Import(key);
            return rsa.KeySize >= MinBits;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public override bool Verifies(ReadOnlySpan<byte> computed, ReadOnlySpan<byte> signature)
    {
        using var rsa = Import(key);
        return rsa.VerifyHash(computed, signature, hash, padding);
    }

    private static RSA Import(byte[] key)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(key, out _);
            return rsa;
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            throw;
        }
    }
}
