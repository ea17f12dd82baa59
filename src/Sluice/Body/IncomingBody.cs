using System.Buffers;
using System.IO.Pipelines;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>A request body as the server delivers it, together with a way to interpret a failed read.</summary>
/// <param name="reader">The server's pipe.</param>
/// <param name="isSenderGone">
/// Whether a failed read means that the connection is gone, rather than that the body's framing is broken.
/// </param>
/// <param name="cause">For a body inside another one: the failure of the outer body, if it is known.</param>
internal sealed class IncomingBody(PipeReader reader, Func<Exception, bool> isSenderGone, Func<Failure?>? cause = null)
{
    private ReadOnlySequence<byte> _buffer;

    // How many bytes that were not consumed have been examined: a pipe does not let a later AdvanceTo examine fewer.
    private long _examinedBytes;

    /// <summary>A body that is already in memory.</summary>
    public static IncomingBody Of(byte[] content) => new(PipeReader.Create(new ReadOnlySequence<byte>(content)), static _ => false);

    /// <summary>Whether any of the body was requested: until then, a client that sent <c>Expect: 100-continue</c> holds it back.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>The client was told by other means that it may send.</summary>
    public void Invite() => IsAsked = true;

    /// <summary>Whether any byte of it has been consumed: then it can't be read from its first byte any more.</summary>
    public bool IsConsumed { get; private set; }

    /// <summary>
    /// Reads more of the body. A pending read is cancelled through the pipe and not by the token: Kestrel's reader of a body with a length
    /// stays "reading" for ever after a token cancelled a read, and then the rest of the body can't be drained.
    /// </summary>
    /// <exception cref="OperationCanceledException">The read was cancelled; the pipe can still be read.</exception>
    public async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IsAsked = true;
        try
        {
            var pending = reader.ReadAsync(CancellationToken.None);
            if (pending.IsCompleted)
            {
                return Keep(await pending);
            }

            using var registration = cancellationToken.UnsafeRegister(static state => ((IncomingBody)state!).EndPendingRead(), this);
            var result = Keep(await pending);
            if (result.IsCanceled)
            {
                AdvanceTo(result.Buffer.Start, result.Buffer.End);
                throw new OperationCanceledException(cancellationToken);
            }

            return result;
        }
        catch (InvalidOperationException e) when (IsTrailerBroken(e))
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Marks bytes as consumed. Never throws for a client that is gone: the next read reports it.</summary>
    public void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <summary>Marks bytes as consumed and examined. Never throws for a client that is gone either.</summary>
    public void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_examinedBytes > 0 || !consumed.Equals(examined))
        {
            var consumedBytes = _buffer.Slice(0, consumed).Length;
            var examinedBytes = Math.Max(_buffer.Slice(0, examined).Length, Math.Min(_examinedBytes, _buffer.Length));
            examined = _buffer.GetPosition(examinedBytes);
            _examinedBytes = examinedBytes - consumedBytes;
        }

        IsConsumed |= !_buffer.IsEmpty && !consumed.Equals(_buffer.Start);
        try
        {
            reader.AdvanceTo(consumed, examined);
        }
        catch (Exception e) when (IsEnded(e))
        {
        }
    }

    public Failure Blame(Exception exception, Phase phase) =>
        cause?.Invoke() ?? (exception is OperationCanceledException || isSenderGone(exception)
            ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before the body was complete.")
            : new Failure(FailureKind.BodyTruncated, phase, "The body ended early or its framing is broken."));

    // Once Kestrel's reader has ended a request, every member throws (HttpRequestPipeReader.ValidateState): either the exception of the
    // failed read, or ObjectDisposedException. A reset HTTP/2 stream can cause that at any moment.
    private static bool IsEnded(Exception exception) => exception is IOException or OperationCanceledException or ObjectDisposedException;

    // Kestrel refuses control characters in trailers as in headers, but throws this instead of a BadHttpRequestException
    // (HttpProtocol.OnTrailer, .NET 10.0.12). Only the message distinguishes it from a reader that is used incorrectly, which is a bug.
    private static bool IsTrailerBroken(InvalidOperationException exception) =>
        exception.Message.EndsWith("not allowed in request headers.", StringComparison.Ordinal);

    private ReadResult Keep(ReadResult result)
    {
        _buffer = result.Buffer;
        return result;
    }

    // Runs inside the caller's Cancel(), where an exception would reach the canceller. The pending read has ended by then.
    private void EndPendingRead()
    {
        try
        {
            reader.CancelPendingRead();
        }
        catch (Exception e) when (IsEnded(e))
        {
        }
    }
}
