namespace Sluice.Body;

/// <summary>
/// Holds back the last byte of a body of declared length until the body is known to have ended well. An HTTP receiver considers such a body
/// complete when it has that many bytes (RFC 9112, section 6.3), so a check that fails at the end has to fail before the last byte is sent.
/// A body of unknown length needs no guard: its end is signalled separately.
/// </summary>
internal sealed class LastByteGuard(BodySource inner, long? declaredLength) : BodySource
{
    private readonly byte[] _last = new byte[1];
    private long _left = declaredLength ?? long.MaxValue;
    private bool _held;

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_left != 1)
        {
            var most = (int)Math.Min(destination.Length, Math.Max(_left - 1, 0));
            var read = await inner.ReadAsync(_left == 0 ? destination : destination[..most], cancellationToken);
            _left -= declaredLength is null ? 0 : read.Bytes;
            return read;
        }

        for (var ended = false; !ended;)
        {
            var read = await inner.ReadAsync(_held ? new byte[1] : _last, cancellationToken);
            if (read.Failure is not null)
            {
                return read;
            }

            _held |= read.Bytes > 0;
            ended = read.End;
        }

        if (destination.IsEmpty)
        {
            return default;
        }

        _left = 0;
        destination.Span[0] = _last[0];
        return new BodyRead(1, End: true);
    }
}
