using Sluice.Failures;

namespace Sluice.Digests;

/// <summary>
/// A check that sees every byte of a body as it passes, and decides at the end whether the body is accepted: a declared digest, a
/// signature. It needs constant memory, whatever the body's length.
/// </summary>
internal interface IBodyCheck : IDisposable
{
    /// <summary>Processes the next bytes.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Called once, after the last byte. Null if the body is what it was declared to be. Otherwise nothing of it may become visible.
    /// </summary>
    Failure? Verify();
}
