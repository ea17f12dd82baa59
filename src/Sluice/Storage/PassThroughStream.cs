using System.IO.Hashing;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>
/// The next <paramref name="length"/> bytes of a body as the content of one request. It claims to be seekable because the SDK insists, and
/// allows only a seek to its current position. The watch runs while the socket is sending and rests while the body waits for the client, so
/// that storage is not blamed for a slow client.
/// </summary>
internal sealed class PassThroughStream(
    BodySource body, long length, ITimer watch, TimeSpan stallTimeout, CancellationToken upload) : Stream
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _open = CancellationTokenSource.CreateLinkedTokenSource(upload);
    private Task<BodyRead> _reading = Task.FromResult(default(BodyRead));
    private bool _closed;
    private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);
    private long _position;

    /// <summary>Why the body could not be read further.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether the checksum in storage's answer matches the bytes that have passed.</summary>
    public bool WasTakenAs(ReadOnlySpan<byte> crc64) => RunningCrc64.Bytes(_crc).AsSpan().SequenceEqual(crc64);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - _position);
        if (wanted == 0)
        {
            return 0;
        }

        watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var read = await StartRead(buffer[..wanted]);
        watch.Change(stallTimeout, Timeout.InfiniteTimeSpan);
        Failure = read.Failure;
        if (Failure is not null)
        {
            throw new IOException("The body ended early; the request to storage is aborted.");
        }

        _crc.Append(buffer.Span[..read.Bytes]);
        _position += read.Bytes;
        return read.Bytes;
    }

    /// <summary>Ends an active read and prevents further ones: the body then belongs to the caller again.</summary>
    public async Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
        }

        await _open.CancelAsync();
        Failure ??= (await _reading).Failure;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _open.Dispose();
        await base.DisposeAsync();
    }

    private Task<BodyRead> StartRead(Memory<byte> destination)
    {
        lock (_gate)
        {
            return _closed
                ? throw new IOException("The request to storage is over.")
                : _reading = body.ReadAsync(destination, _open.Token).AsTask();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => length + offset };
        return target == _position ? target : throw new IOException("A body that passes through can't be sent twice.");
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
