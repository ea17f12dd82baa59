using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>
/// Verifies a body by HMAC while it passes. Every secret is tried with every signature, and all comparisons take the same time, so the time
/// does not reveal how close a forged signature was, or which secret is in use.
/// </summary>
/// <param name="macs">One for each secret.</param>
/// <param name="afterBody">The signed text after the body.</param>
/// <param name="signatures">The signatures of the delivery.</param>
internal sealed class HmacCheck(IncrementalHash[] macs, byte[] afterBody, IReadOnlyList<byte[]> signatures) : IBodyCheck
{
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var mac in macs)
        {
            mac.AppendData(bytes);
        }
    }

    public Failure? Verify()
    {
        Span<byte> computed = stackalloc byte[HMACSHA512.HashSizeInBytes];
        var verified = false;
        foreach (var mac in macs)
        {
            mac.AppendData(afterBody);
            var length = mac.GetHashAndReset(computed);
            foreach (var signature in signatures)
            {
                verified |= CryptographicOperations.FixedTimeEquals(computed[..length], signature);
            }
        }

        return verified ? null : SignatureFailure.Invalid(Phase.Seal);
    }

    public void Dispose()
    {
        foreach (var mac in macs)
        {
            mac.Dispose();
        }
    }
}
