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
        var size = SizeOf(ECDsa.Create(), key);
        return bits is null ? size >= 256 : size == bits;
    }

    public override bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key, out _);
        return ecdsa.VerifyHash(hash, signature, format);
    }
}
