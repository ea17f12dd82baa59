using System.Security.Cryptography;
using Sluice.Digests;

namespace Sluice.Webhooks;

/// <summary>The public keys of a source that sign a hash: ECDSA or RSA.</summary>
/// <param name="hash">The hash.</param>
/// <param name="keys">The keys.</param>
internal sealed class HashedKeys(HashAlgorithmName hash, IReadOnlyList<PublicKey> keys) : ISignatureKeys
{
    /// <inheritdoc/>
    public int? SignatureBytes => null;

    /// <inheritdoc/>
    /// <remarks>As few as of Ed25519, and for the same reason: each costs far more than an HMAC, before the sender is known.</remarks>
    public int MaxSignatures => Ed25519Check.MaxSignatures;

    /// <inheritdoc/>
    public long? MaxBodyBytes => null;

    /// <inheritdoc/>
    public IBodyCheck Check(byte[] beforeBody, byte[] afterBody, IReadOnlyList<byte[]> signatures)
    {
        var check = new HashedSignatureCheck(IncrementalHash.CreateHash(hash), keys, afterBody, signatures);
        check.Append(beforeBody);
        return check;
    }
}
