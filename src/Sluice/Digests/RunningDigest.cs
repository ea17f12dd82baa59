namespace Sluice.Digests;

/// <summary>A digest that is being computed while the body passes: constant memory, and nothing allocated until it is asked for.</summary>
internal abstract class RunningDigest : IDisposable
{
    /// <summary>Takes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The digest of what has passed so far.</summary>
    public abstract byte[] Value();

    public abstract void Dispose();
}
