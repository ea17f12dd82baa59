using System.Runtime.ExceptionServices;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// A stream of the app's own, on its way into an upload. What it throws ends the upload like a body that breaks off, and is thrown again
/// afterwards: it is the app's exception, not a failure of Sluice's.
/// </summary>
internal sealed class SourceStream(Stream inner) : Stream
{
    private ExceptionDispatchInfo? _thrown;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Throws what the stream has thrown, if it has.</summary>
    public void ThrowIfBroken() => _thrown?.Throw();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _thrown = ExceptionDispatchInfo.Capture(e);
            throw new IOException("The source of the body failed.", e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
