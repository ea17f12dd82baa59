using Sluice.Failures;

namespace Sluice.Body;

/// <summary>A body as the stream that a library reads. An expected failure is kept, for whoever asks later, and thrown to the reader.</summary>
internal sealed class BodyStream(BodySource body, TimeProvider time) : ForwardStream
{
    private long _lastRead = time.GetTimestamp();

    /// <summary>How long ago bytes were last read, or nothing was yet.</summary>
    public TimeSpan Idle => time.GetElapsedTime(_lastRead);

    /// <summary>Why the body could not be read to its end.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether anybody began to read it.</summary>
    public bool Started { get; private set; }

    /// <summary>Whether it was read to its end.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether its reader was told that nothing follows.</summary>
    public bool Exhausted { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Ended)
        {
            Exhausted |= !buffer.IsEmpty;
            return 0;
        }

        Started = true;
        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read.Failure is { Kind: FailureKind.ClientGone })
        {
            // Nobody left: it is the reader that gave up.
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
