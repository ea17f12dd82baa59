using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// Kestrel's buffers, of 32 KiB instead of 4: each read from the socket is then large enough to be worth a system call, which saves a third
/// of the CPU time of an upload (docs/performance.md). Idle connections hold no buffer
/// (<c>SocketTransportOptions.WaitForDataBeforeAllocatingBuffer</c>), so many of them cost no more than before. All servers of the process
/// share one pool: the first request reuses the buffers that the warm-up touched.
/// </summary>
internal sealed class TransportBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>The size of a buffer, in bytes.</summary>
    public const int BufferBytes = 32 * 1024;

    // 4 MiB of free buffers are kept, about what 32 uploads use; the garbage collector reclaims the rest.
    private const int KeptBuffers = 128;

    private readonly Lock _gate = new();
    private readonly Stack<Buffer> _free = new(KeptBuffers);

    public override int MaxBufferSize => BufferBytes;

    /// <summary>Kestrel requests a pool for each of its queues: it always gets this one.</summary>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <summary>
    /// Returns a buffer, whatever size is requested: the most recently returned one, which the processor's cache may still hold.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxBufferSize"/> was requested.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BufferBytes);
        lock (_gate)
        {
            return _free.TryPop(out var buffer) ? buffer : new Buffer(this);
        }
    }

    // A server that stops disposes of its pool; the other servers continue to use it.
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
