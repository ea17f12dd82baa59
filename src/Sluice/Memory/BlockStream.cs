namespace Sluice.Memory;

/// <summary>
/// A filled block as the seekable stream that the storage SDK requires, so that it can rewind and retry. Copying writes the pool's own
/// segments to the socket, and keeps its own position, so that a late copy of an earlier attempt can't move that of a later one.
/// </summary>
internal sealed class BlockStream(Block block) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => block.Length;

    public override long Position { get; set; }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        if (!block.TryHold())
        {
            throw new IOException("The block is gone: its upload ended.");
        }

        try
        {
            var position = Position;
            for (var piece = block.Filled(position); !piece.IsEmpty; piece = block.Filled(position))
            {
                await destination.WriteAsync(piece, cancellationToken);
                position += piece.Length;
            }
        }
        finally
        {
            block.Dispose();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var piece = block.Filled(Position);
        var count = Math.Min(piece.Length, buffer.Length);
        piece.Span[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
