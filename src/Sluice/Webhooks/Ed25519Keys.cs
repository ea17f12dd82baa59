using Sluice.Digests;

namespace Sluice.Webhooks;

/// <summary>The Ed25519 public keys of a source.</summary>
internal sealed class Ed25519Keys(IReadOnlyList<IEd25519PublicKey> keys) : ISignatureKeys
{
    public int Count => keys.Count;

    /// <inheritdoc/>
    public int? SignatureBytes => Ed25519Check.SignatureBytes;

    /// <inheritdoc/>
    public int MaxSignatures => Ed25519Check.MaxSignatures;

    /// <inheritdoc/>
    public long? MaxBodyBytes => Ed25519Check.MaxBodyBytes;

    /// <summary>What is missing in an app that can't read such a key, as the end of a sentence about the key.</summary>
    /// <param name="kind">What the key looks like.</param>
    public static string Missing(string kind) =>
        $"is an Ed25519 key ({kind}): add the package Sluice.Ed25519 and call services.AddSluiceEd25519()";

    /// <inheritdoc/>
    public IBodyCheck Check(byte[] beforeBody, byte[] afterBody, IReadOnlyList<byte[]> signatures) =>
        new Ed25519Check(keys, beforeBody, afterBody, signatures);
}
