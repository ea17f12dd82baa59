using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Sluice.Webhooks;

/// <summary>An Ed25519 public key (RFC 8032), decoded once. .NET 10 does not provide Ed25519: docs/decisions/webhooks.md.</summary>
internal sealed class Ed25519PublicKey
{
    /// <summary>The length of a signature.</summary>
    public const int SignatureBytes = 64;

    private readonly Ed25519.PublicPoint _point;

    private Ed25519PublicKey(Ed25519.PublicPoint point) => _point = point;

    /// <summary>Null if the bytes are not a key. A point of small order is rejected too: anybody could sign for it.</summary>
    public static Ed25519PublicKey? Read(byte[] key) =>
        key.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFullExport(key, 0) is { } point ? new(point) : null;

    public bool Verifies(byte[] signature, ReadOnlySpan<byte> message) => Ed25519.Verify(signature, _point, message);
}
