using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// Kestrel's buffers, of 32 KiB instead of 4: a body is read from its socket in pieces that are worth a system call, which takes a third
/// off the CPU time of an upload (docs/performance.md). Connections that wait hold none
/// (<c>SocketTransportOptions.WaitForDataBeforeAllocatingBuffer</c>), so many of them cost no more than before. One pool for all servers of
/// the process: what the rehearsal touched, the first request uses.
/// </summary>
internal sealed class TransportBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>The size of a buffer, in bytes.</summary>
    public const int BufferBytes = 32 * 1024;

    // 4 MiB of free buffers are kept, about what 32 uploads use; the garbage collector has the others.
    private const int KeptBuffers = 128;

    private readonly Lock _gate = new();
    private readonly Stack<Buffer> _free = new(KeptBuffers);

    public override int MaxBufferSize => BufferBytes;

    /// <summary>Kestrel asks for a pool for each of its queues: it is always this one.</summary>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <summary>Any buffer, whatever size is asked for; the last one given back, which the processor's cache may still have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxBufferSize"/> was asked for.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BufferBytes);
        lock (_gate)
        {
            return _free.TryPop(out var buffer) ? buffer : new Buffer(this);
        }
    }

    // A server that stops disposes of its pool; the others go on with it.
    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Buffer buffer)
    {
        lock (_gate)
        {
            if (_free.Count < KeptBuffers)
            {
                _free.Push(buffer);
            }
        }
    }

    private sealed class Buffer(TransportBuffers pool) : IMemoryOwner<byte>
    {
        // Pinned, because the kernel reads and writes it.
        public Memory<byte> Memory { get; } =
            MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true), 0, BufferBytes);

        public void Dispose() => pool.Return(this);
    }
}
