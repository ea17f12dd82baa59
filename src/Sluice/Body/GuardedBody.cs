using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>
/// A client's body as every sink reads it: each read passes all guards, in one fixed order. A stall is blamed first, the size is counted
/// before anything is hashed, and digests and other checks see exactly what a sink sees. What was declared of the body, by a digest or a
/// signature, is checked before its end is passed on: a sink that waits for the end before it publishes, and a <see cref="LastByteGuard"/>
/// that waits for the end before it sends the last byte, need not know about digests or signatures.
/// <code>
/// sink  ◄──  checks  ◄──  size  ◄──  idle timer  ◄──  IncomingBody  ◄──  the server's pipe
///            digests, then
///            other checks
/// </code>
/// A body that is only relayed, and of which nothing was declared, has no check: nothing would use the result.
/// </summary>
internal sealed class GuardedBody : BodySource, IDisposable
{
    private readonly IncomingBody _body;
    private readonly IdleTimer _idle;
    private readonly long? _declaredLength;
    private readonly long _maxBytes;
    private readonly IBodyCheck[] _checks;
    private LateChecks? _late;
    private Failure? _refusal;
    private bool _verified;

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
        (_body, _idle, _declaredLength, _maxBytes, Digests) = (body, idle, declaredLength, maxBytes, digests);
        _checks = [.. digests.IsEmpty ? (IBodyCheck[])[] : [digests], .. checks ?? []];
    }

    /// <summary>How many bytes have arrived, those that were too many included.</summary>
    public long Bytes { get; private set; }

    /// <summary>The digests of what has passed: of the whole body, once it ended.</summary>
    public BodyDigests Digests { get; }

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_refusal is not null)
        {
            return _refusal;
        }

        var read = await _idle.WaitAsync(_body.ReadAsync(destination, cancellationToken));
        var broken = read.Failure is { } cause ? _idle.Blame(cause) : null;
        Bytes += read.Bytes;
        if ((WrongSize(read.End) ?? broken) is { } failure)
        {
            return failure;
        }

        Check(destination[..read.Bytes]);
        if (read.End && !_verified)
        {
            _verified = true;
            await (_late?.EndAsync() ?? default);
            _refusal = _checks.Select(static check => check.Verify()).FirstOrDefault(static failure => failure is not null);
        }

        return _refusal is null ? read : _refusal;
    }

    public override void AllowLateChecks() => _late ??= _checks.Length > 0 ? new LateChecks(_checks) : null;

    public override Task WhenCheckedAsync() => _late?.WhenDone() ?? Task.CompletedTask;

    public void Dispose() => Digests.Dispose();

    // Larger than the limit, or not as long as declared.
    private Failure? WrongSize(bool ended)
    {
        if (Bytes > _maxBytes)
        {
            return new Failure(
                FailureKind.BodyTooLarge, Phase.Transfer, $"The body is larger than {_maxBytes} bytes.")
            { LimitBytes = _maxBytes };
        }

        return _declaredLength is { } length && (Bytes > length || (ended && Bytes != length))
            ? new Failure(FailureKind.BodyTruncated, Phase.Transfer, $"The body was declared as {length} bytes, but {Bytes} arrived.")
            : null;
    }

    private void Check(ReadOnlyMemory<byte> bytes)
    {
        if (_late is not null)
        {
            _late.Append(bytes);
            return;
        }

        foreach (var check in _checks)
        {
            check.Append(bytes.Span);
        }
    }
}
