using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>Verifies a body whose hash is signed, while it passes.</summary>
/// <param name="hash">Computes the hash.</param>
/// <param name="keys">The public keys.</param>
/// <param name="afterBody">The signed text after the body.</param>
/// <param name="signatures">The signatures of the delivery.</param>
internal sealed class HashedSignatureCheck(
    IncrementalHash hash, IReadOnlyList<PublicKey> keys, byte[] afterBody, IReadOnlyList<byte[]> signatures) : IBodyCheck
{
    public void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    public Failure? Verify()
    {
        hash.AppendData(afterBody);
        Span<byte> computed = stackalloc byte[SHA512.HashSizeInBytes];
        computed = computed[..hash.GetHashAndReset(computed)];
        foreach (var key in keys)
        {
            foreach (var signature in signatures)
            {
                if (key.Verifies(computed, signature))
                {
                    return null;
                }
            }
        }

        return SignatureFailure.Invalid(Phase.Seal);
    }

    public void Dispose() => hash.Dispose();
}
