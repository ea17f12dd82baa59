using Sluice.Failures;

namespace Sluice.Body;

/// <summary>A body as a stream for a library to read. An expected failure is thrown to the reader and kept for later inspection.</summary>
internal sealed class BodyStream(BodySource body, TimeProvider time) : ForwardStream
{
    private long _lastRead = time.GetTimestamp();

    /// <summary>The time since bytes were last read, or since the stream was created if none were.</summary>
    public TimeSpan Idle => time.GetElapsedTime(_lastRead);

    /// <summary>Why the body could not be read to its end.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether the body was read to its end.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether the reader was told that the body has ended.</summary>
    public bool Exhausted { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Ended)
        {
            Exhausted |= !buffer.IsEmpty;
            return 0;
        }

        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read.Failure is { Kind: FailureKind.ClientGone })
        {
            // The client did not leave: the reader gave up.
            cancellationToken.ThrowIfCancellationRequested();
        }

        Failure = read.Failure;
        if (Failure is not null)
        {
            throw new IOException("The body can't be read to its end.");
        }

        Ended = read.End;
        Exhausted = read.End && read.Bytes == 0;
        _lastRead = time.GetTimestamp();
        return read.Bytes;
    }
}
