namespace Sluice.Digests;

/// <summary>A digest that is computed while the body passes: in constant memory, without allocating until the value is requested.</summary>
internal abstract class RunningDigest : IDisposable
{
    /// <summary>Processes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The digest of the bytes that have passed so far.</summary>
    public abstract byte[] Value();

    public abstract void Dispose();
}
