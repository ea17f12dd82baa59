using Sluice.Failures;

namespace Sluice.Digests;

/// <summary>
/// Something that sees every byte of a body as it passes, and has the last word on it: a digest that was declared, a signature. In constant
/// memory, whatever the body's length.
/// </summary>
internal interface IBodyCheck : IDisposable
{
    /// <summary>Sees the next bytes.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Asked once, after the last byte. Null: the body is what it was said to be. Else nothing of it may become visible.</summary>
    Failure? Verify();
}
