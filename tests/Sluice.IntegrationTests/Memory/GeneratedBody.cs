using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// A body of pseudo-random bytes (<see cref="TestBody"/>), made while it is read: no file, and no memory, however long. Random, so that
/// nothing on the way can make it smaller; seeded, so that a failure comes back.
/// </summary>
internal sealed class GeneratedBody(long bytes, ulong seed) : Stream
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ulong[] _block = new ulong[8 * 1024];
    private ulong _state = seed;
    private long _position;

    /// <summary>The digest of all of it, in base64, once it was read to its end.</summary>
    public string? Sha256 { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var block = MemoryMarshal.AsBytes(_block.AsSpan());
        var offset = (int)(_position % block.Length);
        if (offset == 0)
            TestBody.Fill(_block, ref _state);
        var count = (int)Math.Min(Math.Min(buffer.Length, block.Length - offset), bytes - _position);
        block.Slice(offset, count).CopyTo(buffer);
        _sha256.AppendData(buffer[..count]);
        _position += count;
        if (_position == bytes)
            Sha256 ??= Convert.ToBase64String(_sha256.GetCurrentHash());
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _sha256.Dispose();
        base.Dispose(disposing);
    }
}
