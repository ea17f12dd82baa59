using System.Buffers;
using System.IO.Pipelines;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>The innermost source: reads the server's pipe, and turns connection errors into named failures.</summary>
internal sealed class PipeBodySource(IncomingBody body) : BodySource
{
    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        ReadResult result;
        try
        {
            result = await body.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return body.Blame(e, Phase.Transfer);
        }

        var buffer = result.Buffer;
        var count = (int)Math.Min(buffer.Length, destination.Length);
        buffer.Slice(0, count).CopyTo(destination.Span);
        var end = result.IsCompleted && count == buffer.Length;
        var more = count < buffer.Length;
        body.AdvanceTo(buffer.GetPosition(count));
        return new BodyRead(count, end, More: more);
    }
}
