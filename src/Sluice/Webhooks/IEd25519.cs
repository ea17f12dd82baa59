namespace Sluice.Webhooks;

/// <summary>
/// Ed25519 (RFC 8032), which .NET 10 lacks, for webhooks that are signed with it. The package Sluice.Ed25519 registers an implementation:
/// <c>AddSluiceEd25519()</c>.
/// </summary>
public interface IEd25519
{
    /// <summary>
    /// Decodes a public key. Null if the bytes are not a key. A point of small order must be rejected too: anybody could sign for it.
    /// </summary>
    /// <param name="key">The bytes of the key (RFC 8032, section 5.1.5).</param>
    IEd25519PublicKey? Read(ReadOnlySpan<byte> key);
}
