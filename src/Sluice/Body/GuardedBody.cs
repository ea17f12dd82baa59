using Sluice.Digests;

namespace Sluice.Body;

/// <summary>
/// The only place where the guards are composed, in one fixed order: a stall is blamed first, the size is counted before anything is
/// hashed, and digests and checks see exactly what a sink sees. What was declared of the body, by a digest or a signature, is checked
/// before its end is passed on.
/// <code>
/// sink  ->  CheckGuard  ->  SizeGuard  ->  StallGuard  ->  IncomingBody  ->  the server's pipe
///           digests, then
///           other checks
/// </code>
/// A body that is only relayed, and of which nothing was declared, has no check: nothing would use the result.
/// </summary>
internal sealed class GuardedBody : BodySource, IDisposable
{
    private readonly SizeGuard _size;
    private readonly BodySource _guarded;
    private readonly BodyDigests _digests;

    /// <param name="body">The incoming body.</param>
    /// <param name="idle">Ends the body when its sender stalls.</param>
    /// <param name="declaredLength">Its length, if declared.</param>
    /// <param name="maxBytes">The largest length it may have.</param>
    /// <param name="digests">The digests to compute; disposed together with this.</param>
    /// <param name="checks">Other checks that must pass. The caller disposes them.</param>
    public GuardedBody(
        IncomingBody body, IdleTimer idle, long? declaredLength, long maxBytes, BodyDigests digests,
        IReadOnlyList<IBodyCheck>? checks = null)
    {
        _digests = digests;
        _size = new SizeGuard(new StallGuard(body, idle), declaredLength, maxBytes);
        IBodyCheck[] all = [.. digests.IsEmpty ? (IBodyCheck[])[] : [digests], .. checks ?? []];
        _guarded = all.Length > 0 ? new CheckGuard(_size, all) : _size;
    }

    /// <summary>How many bytes have passed.</summary>
    public long Bytes => _size.Bytes;

    public override ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        _guarded.ReadAsync(destination, cancellationToken);

    public override void AllowLateChecks() => _guarded.AllowLateChecks();

    public override Task WhenCheckedAsync() => _guarded.WhenCheckedAsync();

    /// <summary>The digests of the whole body, once it ended.</summary>
    public IReadOnlyList<Digest> Digests() => _digests.Values();

    public void Dispose() => _digests.Dispose();
}
