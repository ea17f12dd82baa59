namespace Sluice.Body;

/// <summary>A body as the stream that a library reads. An expected failure is kept, for whoever asks later, and thrown to the reader.</summary>
internal sealed class BodyStream(BodySource body) : Stream
{
    /// <summary>Why the body could not be read to its end.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether anybody began to read it.</summary>
    public bool Started { get; private set; }

    /// <summary>Whether it was read to its end.</summary>
    public bool Ended { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Ended)
        {
            return 0;
        }

        Started = true;
        var read = await body.ReadAsync(buffer, cancellationToken);
        Failure = read.Failure;
        if (Failure is not null)
        {
            throw new IOException("The body can't be read to its end.");
        }

        Ended = read.End;
        return read.Bytes;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
