using System.IO.Pipelines;

namespace Sluice.Body;

/// <summary>A request body as the server hands it over, and how to tell what it means when it can't be read.</summary>
/// <param name="reader">The server's pipe.</param>
/// <param name="isSenderGone">
/// Whether the connection is gone. Asked at the moment a read fails: Kestrel reports a connection that was closed in the middle of a body
/// and a body whose framing is broken by the same exception, and has marked the first as aborted by then.
/// </param>
internal sealed class IncomingBody(PipeReader reader, Func<bool> isSenderGone)
{
    public PipeReader Reader => reader;

    public Failure Blame(Exception exception, Phase phase) => exception is OperationCanceledException || isSenderGone()
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before its body was whole.")
        : new Failure(FailureKind.BodyTruncated, phase, "The body ended early or its framing is broken; nothing was stored.");
}
