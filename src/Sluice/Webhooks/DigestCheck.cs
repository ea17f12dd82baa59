using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>Verifies that a body is the one whose digest was signed.</summary>
/// <param name="signed">The digest.</param>
internal sealed class DigestCheck(Digest signed) : IBodyCheck
{
    private readonly RunningDigest _running = signed.Algorithm.Start();

    public void Append(ReadOnlySpan<byte> bytes) => _running.Append(bytes);

    public Failure? Verify() =>
        _running.Value().AsSpan().SequenceEqual(signed.Value) ? null : SignatureFailure.Invalid(Phase.Seal);

    public void Dispose() => _running.Dispose();
}
