using System.IO.Pipelines;

namespace Sluice.Body;

/// <summary>A request body as the server hands it over, and how to tell what it means when it can't be read.</summary>
/// <param name="reader">The server's pipe.</param>
/// <param name="isSenderGone">Whether a failed read means that the connection is gone, rather than that the body's framing is broken.</param>
internal sealed class IncomingBody(PipeReader reader, Func<Exception, bool> isSenderGone)
{
    public PipeReader Reader => reader;

    /// <summary>
    /// Reads on. Ends a read that waits through the pipe and not by the token: Kestrel's reader of a body with a length is "reading" for
    /// ever after a token ended a read, and then the rest of the body can't be drained.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the pipe can be read on.</exception>
    public async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = reader.ReadAsync(CancellationToken.None);
        if (pending.IsCompleted)
        {
            return await pending;
        }

        using var registration = cancellationToken.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), reader);
        var result = await pending;
        if (result.IsCanceled)
        {
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            throw new OperationCanceledException(cancellationToken);
        }

        return result;
    }

    public Failure Blame(Exception exception, Phase phase) => exception is OperationCanceledException || isSenderGone(exception)
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before its body was whole.")
        : new Failure(FailureKind.BodyTruncated, phase, "The body ended early or its framing is broken; nothing was stored.");
}
