namespace Sluice.Webhooks;

/// <summary>
/// A public key that verifies the signature of a hash. It is imported for each verification, because the platform's keys are not for
/// several threads at the same time.
/// </summary>
internal abstract class PublicKey
{
    /// <summary>Whether the signature of a hash was made with the private key that belongs to this one.</summary>
    public abstract bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);
}
