namespace Sluice.Body;

/// <summary>Says what it means that a request body could not be read.</summary>
internal static class BrokenBody
{
    /// <summary>
    /// Kestrel reports a cut or malformed body as an <see cref="IOException"/> (BadHttpRequestException and ConnectionResetException are
    /// ones), and an abort of the connection as a cancellation.
    /// </summary>
    public static Failure From(Exception exception, Phase phase) => exception is OperationCanceledException
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before its body was whole.")
        : new Failure(FailureKind.BodyTruncated, phase, "The body ended early or its framing is broken; nothing was stored.");
}
