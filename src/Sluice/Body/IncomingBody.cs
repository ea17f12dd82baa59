using System.Buffers;
using System.IO.Pipelines;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>
/// A request body as the server delivers it. Reads the server's pipe, and turns connection errors into named failures. It guards nothing:
/// a client's body reaches a sink only through a <see cref="GuardedBody"/>.
/// </summary>
/// <param name="reader">The server's pipe.</param>
/// <param name="isSenderGone">
/// Whether a failed read means that the connection is gone, rather than that the body's framing is broken.
/// </param>
/// <param name="cause">For a body inside another one: the failure of the outer body, if it is known.</param>
internal sealed class IncomingBody(PipeReader reader, Func<Exception, bool> isSenderGone, Func<Failure?>? cause = null) : BodySource
{
    private ReadOnlySequence<byte> _buffer;
    private bool _isBufferLast;

    // How many bytes that were not consumed have been examined: a pipe does not let a later AdvanceTo examine fewer.
    private long _examinedBytes;

    /// <summary>Processes the first bytes. They are valid only during the call.</summary>
    /// <param name="head">At most one window of bytes.</param>
    /// <param name="complete">Whether the body ended inside the window.</param>
    public delegate T Look<out T>(ReadOnlySequence<byte> head, bool complete);

    /// <summary>A body that is already in memory.</summary>
    public static IncomingBody Of(byte[] content) => new(PipeReader.Create(new ReadOnlySequence<byte>(content)), static _ => false);

    /// <summary>Whether any of the body was requested: until then, a client that sent <c>Expect: 100-continue</c> holds it back.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>The client was told by other means that it may send.</summary>
    public void Invite() => IsAsked = true;

    /// <summary>Whether any byte of it has been consumed: then it can't be read from its first byte any more.</summary>
    public bool IsConsumed { get; private set; }

    /// <summary>Whether it was read to its end: nothing of it is left to drain.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>
    /// Peeks at the first bytes without consuming them. The pipe is advanced with those bytes examined and none consumed, so the next
    /// reader, a sink or a forwarder, sees the body from its first byte. Nothing is copied.
    /// </summary>
    /// <param name="windowBytes">How many bytes to wait for, unless the body ends before.</param>
    /// <param name="idle">Ends the body when its sender stalls.</param>
    /// <param name="look">Processes the bytes.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<Result<T>> PeekAsync<T>(int windowBytes, IdleTimer idle, Look<T> look, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await idle.WaitAsync(ReadPipeAsync(cancellationToken));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                return idle.Blame(Blame(e, Phase.Peek));
            }

            var buffer = result.Buffer;
            if (buffer.Length < windowBytes && !result.IsCompleted)
            {
                AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            var complete = result.IsCompleted && buffer.Length <= windowBytes;
            var seen = look(complete ? buffer : buffer.Slice(0, Math.Min(buffer.Length, windowBytes)), complete);

            // What came last stays unexamined, so that the next read returns at once.
            AdvanceTo(buffer.Start, buffer.Start);
            return seen;
        }
    }

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        ReadResult result;
        try
        {
            result = await ReadPipeAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return Blame(e, Phase.Transfer);
        }

        var buffer = result.Buffer;
        var count = (int)Math.Min(buffer.Length, destination.Length);
        buffer.Slice(0, count).CopyTo(destination.Span);
        var end = result.IsCompleted && count == buffer.Length;
        var more = count < buffer.Length;
        AdvanceTo(buffer.GetPosition(count));
        return new BodyRead(count, end, More: more);
    }

    /// <summary>
    /// Reads more of the body, and leaves it in the pipe. A pending read is cancelled through the pipe and not by the token: Kestrel's
    /// reader of a body with a length stays "reading" for ever after a token cancelled a read, and then the rest of the body can't be
    /// drained.
    /// </summary>
    /// <exception cref="OperationCanceledException">The read was cancelled; the pipe can still be read.</exception>
    public async ValueTask<ReadResult> ReadPipeAsync(CancellationToken cancellationToken)
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

    /// <summary>
    /// Marks bytes as consumed, and as examined up to there or up to a later byte. Never throws for a client that is gone: the next read
    /// reports it.
    /// </summary>
    public void AdvanceTo(SequencePosition consumed, SequencePosition? examined = null)
    {
        var seen = examined ?? consumed;
        if (_examinedBytes > 0 || !consumed.Equals(seen))
        {
            var consumedBytes = _buffer.Slice(0, consumed).Length;
            var examinedBytes = Math.Max(_buffer.Slice(0, seen).Length, Math.Min(_examinedBytes, _buffer.Length));
            seen = _buffer.GetPosition(examinedBytes);
            _examinedBytes = examinedBytes - consumedBytes;
        }

        IsConsumed |= !_buffer.IsEmpty && !consumed.Equals(_buffer.Start);
        IsAtEnd = _isBufferLast && _buffer.Slice(consumed).IsEmpty;
        try
        {
            reader.AdvanceTo(consumed, seen);
        }
        catch (Exception e) when (IsEnded(e))
        {
        }
    }

    private Failure Blame(Exception exception, Phase phase) =>
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
        (_buffer, _isBufferLast) = (result.Buffer, result.IsCompleted);
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
