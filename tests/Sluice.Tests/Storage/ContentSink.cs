namespace Sluice.Tests.Storage;

/// <summary>Takes a request's content: so many bytes at once, and the rest when it may.</summary>
internal sealed class ContentSink(long eager, Task onwards) : Stream
{
    private readonly MemoryStream _content = new();
    private readonly TaskCompletionSource _sated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the eager bytes have come.</summary>
    public Task Sated => _sated.Task;

    public byte[] Content => _content.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _content.Length;

    public override long Position
    {
        get => _content.Position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Length + buffer.Length > eager)
        {
            _sated.TrySetResult();
            await onwards.WaitAsync(cancellationToken);
        }

        _content.Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
