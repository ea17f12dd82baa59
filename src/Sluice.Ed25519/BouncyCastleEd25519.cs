using Sluice.Webhooks;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Sluice.Ed25519;

/// <summary>Ed25519 by BouncyCastle. Why by this library: docs/decisions/webhooks.md.</summary>
internal sealed class BouncyCastleEd25519 : IEd25519
{
    public IEd25519PublicKey? Read(ReadOnlySpan<byte> key) =>
        key.Length == Curve.PublicKeySize && Curve.ValidatePublicKeyFullExport(key) is { } point ? new PublicKey(point) : null;

    private sealed class PublicKey(Curve.PublicPoint point) : IEd25519PublicKey
    {
        public bool Verifies(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message) => Curve.Verify(signature, point, message);
    }
}
