using System.Buffers;
using System.IO.Pipelines;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>
/// Peeks at the first bytes of a body without consuming them. The pipe is advanced with those bytes examined and none consumed, so the next
/// reader, a sink or a forwarder, sees the body from its first byte. Nothing is copied.
/// </summary>
internal static class BodyHead
{
    /// <summary>Processes the first bytes. They are valid only during the call.</summary>
    /// <param name="head">At most one window of bytes.</param>
    /// <param name="complete">Whether the body ended inside the window.</param>
    public delegate T Look<out T>(ReadOnlySequence<byte> head, bool complete);

    public static async ValueTask<Result<T>> PeekAsync<T>(
        IncomingBody body, int windowBytes, IdleTimer idle, Look<T> look, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await idle.WaitAsync(body.ReadAsync(cancellationToken));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                return idle.Blame(body.Blame(e, Phase.Peek));
            }

            var buffer = result.Buffer;
            if (buffer.Length < windowBytes && !result.IsCompleted)
            {
                body.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            var complete = result.IsCompleted && buffer.Length <= windowBytes;
            var seen = look(complete ? buffer : buffer.Slice(0, Math.Min(buffer.Length, windowBytes)), complete);

            // What came last stays unexamined, so that the next read returns at once.
            body.AdvanceTo(buffer.Start, buffer.Start);
            return seen;
        }
    }
}
