using System.Security.Cryptography;

namespace Sluice.Webhooks;

/// <summary>An ECDSA public key.</summary>
/// <param name="key">The key as a SubjectPublicKeyInfo (RFC 5480).</param>
/// <param name="format">How its signatures are written.</param>
internal sealed class EcdsaPublicKey(byte[] key, DSASignatureFormat format) : PublicKey
{
    /// <summary>Whether it is a key on a curve of this size, in bits; null for any size.</summary>
    public static bool IsValid(byte[] key, int? bits)
    {
        try
        {
            using var ecdsa = Import(key);
            return bits is null ? ecdsa.KeySize >= 256 : ecdsa.KeySize == bits;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public override bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = Import(key);
        return ecdsa.VerifyHash(hash, signature, format);
    }

    private static ECDsa Import(byte[] key)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(key, out _);
            return ecdsa;
        }
        catch (CryptographicException)
        {
            ecdsa.Dispose();
            throw;
        }
    }
}
