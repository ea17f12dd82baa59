using System.Security.Cryptography;

namespace Sluice.Webhooks;

/// <summary>
/// A public key that verifies the signature of a hash. It is imported for each verification, because the platform's keys are not for
/// several threads at the same time.
/// </summary>
internal abstract class PublicKey
{
    /// <summary>Whether the signature of a hash was made with the private key that belongs to this one.</summary>
    public abstract bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);

    /// <summary>The size of a key, in bits; 0 if it is not one of this algorithm. Disposes of the algorithm.</summary>
    /// <param name="algorithm">The algorithm, without a key.</param>
    /// <param name="key">The key as a SubjectPublicKeyInfo.</param>
    protected static int SizeOf(AsymmetricAlgorithm algorithm, byte[] key)
    {
        using (algorithm)
        {
            try
            {
                algorithm.ImportSubjectPublicKeyInfo(key, out _);
                return algorithm.KeySize;
            }
            catch (CryptographicException)
            {
                return 0;
            }
        }
    }
}
