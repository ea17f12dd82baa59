using System.Buffers;
using System.IO.Pipelines;
using Sluice.Failures;

namespace Sluice.Body;

/// <summary>A request body as the server hands it over, and how to tell what it means when it can't be read.</summary>
/// <param name="reader">The server's pipe.</param>
/// <param name="isSenderGone">Whether a failed read means that the connection is gone, rather than that the body's framing is broken.</param>
/// <param name="cause">Of a body inside of another one: what became of that one, if it is known.</param>
internal sealed class IncomingBody(PipeReader reader, Func<Exception, bool> isSenderGone, Func<Failure?>? cause = null)
{
    /// <summary>A body that is here already.</summary>
    public static IncomingBody Of(byte[] content) => new(PipeReader.Create(new ReadOnlySequence<byte>(content)), static _ => false);

    /// <summary>Whether anything of it was asked for: until then, a client that said <c>Expect: 100-continue</c> keeps it back.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>
    /// Reads on. Ends a read that waits through the pipe and not by the token: Kestrel's reader of a body with a length is "reading" for
    /// ever after a token ended a read, and then the rest of the body can't be drained.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the pipe can be read on.</exception>
    public async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IsAsked = true;
        try
        {
            var pending = reader.ReadAsync(CancellationToken.None);
            if (pending.IsCompleted)
            {
                return await pending;
            }

            using var registration = cancellationToken.UnsafeRegister(static state => ((IncomingBody)state!).EndPendingRead(), this);
            var result = await pending;
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

    /// <summary>Says what was consumed. Never throws for a client that is gone: the next read says so.</summary>
    public void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <summary>Says what was consumed and what was looked at, likewise.</summary>
    public void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        try
        {
            reader.AdvanceTo(consumed, examined);
        }
        catch (Exception e) when (IsEnded(e))
        {
        }
    }

    public Failure Blame(Exception exception, Phase phase) => cause?.Invoke() ?? (exception is OperationCanceledException || isSenderGone(exception)
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before its body was whole.")
        : new Failure(FailureKind.BodyTruncated, phase, "The body ended early or its framing is broken."));

    // Kestrel's reader throws from every member once it ended a request (HttpRequestPipeReader.ValidateState): what it throws to a
    // read, or that it is disposed of. A reset HTTP/2 stream does that at any moment.
    private static bool IsEnded(Exception exception) => exception is IOException or OperationCanceledException or ObjectDisposedException;

    // Kestrel refuses control characters in trailers as in headers, but throws this instead of a BadHttpRequestException (HttpProtocol.OnTrailer, .NET 10.0.12). Only its
    // message tells it from a reader that is used wrongly, which is a bug.
    private static bool IsTrailerBroken(InvalidOperationException exception) => exception.Message.EndsWith("not allowed in request headers.", StringComparison.Ordinal);

    // Runs inside of somebody's Cancel(), where an exception would hit the canceller. The pending read has ended by then.
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
