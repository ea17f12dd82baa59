namespace Sluice.Body;

/// <summary>
/// The one place where the guards are put together, in the one order: a stall is blamed first, a size is counted before it is hashed,
/// and the digest sees exactly what a sink sees. What was declared of the body, by a digest or a signature, is checked before its end is
/// passed on.
/// <code>
/// sink  ->  DigestGuard  ->  CheckGuard  ->  SizeGuard  ->  StallGuard  ->  PipeBodySource  ->  the server's pipe
/// </code>
/// A body that is only relayed has no digest: nobody would be told.
/// </summary>
internal sealed class GuardedBody : BodySource, IDisposable
{
    private readonly SizeGuard _size;
    private readonly BodySource _checked;
    private readonly DigestGuard? _digest;

    public GuardedBody(IncomingBody body, IdleTimer idle, long? declaredLength, long maxBytes, bool withDigest = true, IReadOnlyList<IBodyCheck>? checks = null)
    {
        _size = new SizeGuard(new StallGuard(new PipeBodySource(body), idle), declaredLength, maxBytes);
        _checked = checks is { Count: > 0 } ? new CheckGuard(_size, checks) : _size;
        _digest = withDigest ? new DigestGuard(_checked) : null;
    }

    /// <summary>How many bytes have passed.</summary>
    public long Bytes => _size.Bytes;

    public override ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        _digest?.ReadAsync(destination, cancellationToken) ?? _checked.ReadAsync(destination, cancellationToken);

    /// <summary>The digests of the whole body, once it ended.</summary>
    public byte[] Sha256() => _digest!.Sha256();

    public void Dispose() => _digest?.Dispose();
}
