namespace Sluice.Webhooks;

/// <summary>An Ed25519 public key, decoded once, at startup. Several threads may use it at the same time.</summary>
public interface IEd25519PublicKey
{
    /// <summary>Whether the signature of a message was made with the private key that belongs to this one.</summary>
    /// <param name="signature">The signature, which has 64 bytes.</param>
    /// <param name="message">The whole message.</param>
    bool Verifies(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message);
}
