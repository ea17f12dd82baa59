using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sluice.AspNetCore.Limits;

/// <summary>Reports how many bytes of a reader were consumed, as they are consumed.</summary>
/// <param name="inner">The reader.</param>
/// <param name="consumed">Called with the number of bytes; never with zero.</param>
internal sealed class CountedReader(PipeReader inner, Action<int> consumed) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var bytes = _buffer.IsEmpty ? 0 : _buffer.Slice(0, consumed).Length;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
        Tell(bytes);
    }

    // A slow body is read many times: without a pool, each read would create garbage.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        _buffer = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var read = inner.TryRead(out result);
        _buffer = result.Buffer;
        return read;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private void Tell(long bytes)
    {
        if (bytes > 0)
        {
            consumed((int)Math.Min(bytes, int.MaxValue));
        }
    }
}
