using Sluice.Digests;

namespace Sluice.Webhooks;

/// <summary>The keys of a source, all of one algorithm.</summary>
internal interface ISignatureKeys
{
    /// <summary>The length of a signature, in bytes; null if it varies.</summary>
    int? SignatureBytes { get; }

    /// <summary>The most signatures of one delivery that are tried.</summary>
    int MaxSignatures { get; }

    /// <summary>The largest body that can be verified, in bytes; null for any.</summary>
    long? MaxBodyBytes { get; }

    /// <summary>Returns a check that one of the signatures was made with one of the keys.</summary>
    /// <param name="beforeBody">The signed text before the body.</param>
    /// <param name="afterBody">The signed text after it.</param>
    /// <param name="signatures">The signatures of the delivery.</param>
    IBodyCheck Check(byte[] beforeBody, byte[] afterBody, IReadOnlyList<byte[]> signatures);
}
