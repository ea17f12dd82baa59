using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>
/// Passes a body's bytes to its checks, and lets the body end only if all of them pass. A sink that waits for the end before it publishes,
/// and a <see cref="LastByteGuard"/> that waits for the end before it sends the last byte, need not know about digests or signatures.
/// </summary>
internal sealed class CheckGuard(BodySource inner, IBodyCheck[] checks) : BodySource
{
    private LateChecks? _late;
    private Failure? _failure;
    private bool _verified;

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_failure is not null)
        {
            return _failure;
        }

        var read = await inner.ReadAsync(destination, cancellationToken);
        if (_late is not null)
        {
            _late.Append(destination[..read.Bytes]);
        }
        else
        {
            foreach (var check in checks)
            {
                check.Append(destination.Span[..read.Bytes]);
            }
        }

        if (read.End && !_verified)
        {
            _verified = true;
            await (_late?.EndAsync() ?? default);
            _failure = checks.Select(static check => check.Verify()).FirstOrDefault(static failure => failure is not null);
        }

        return _failure is null ? read : _failure;
    }

    public override void AllowLateChecks() => _late ??= new LateChecks(checks);

    public override Task WhenCheckedAsync() => _late?.WhenDone() ?? Task.CompletedTask;
}
