using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Sluice.Webhooks;

/// <summary>A public key of Ed25519 (RFC 8032), taken apart once. .NET 10 has none of its own: docs/decisions/webhooks.md.</summary>
internal sealed class Ed25519PublicKey
{
    /// <summary>How long a signature is.</summary>
    public const int SignatureBytes = 64;

    private readonly Ed25519.PublicPoint _point;

    private Ed25519PublicKey(Ed25519.PublicPoint point) => _point = point;

    /// <summary>Null if the bytes are no key. With one of small order, anybody could sign; it is none.</summary>
    public static Ed25519PublicKey? Read(byte[] key) =>
        key.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFullExport(key, 0) is { } point ? new(point) : null;

    public bool Verifies(byte[] signature, ReadOnlySpan<byte> message) => Ed25519.Verify(signature, _point, message);
}
