using System.Net;

namespace Sluice.Benchmarks;

/// <summary>A body of any length that costs no memory to make: random bytes, again and again.</summary>
internal sealed class RepeatedBytes(long length)
{
    private const int ChunkBytes = 1 << 20;

    private static readonly byte[] _chunk = Chunk();

    public long Length => length;

    /// <summary>The next piece of at most a chunk, for a caller that sends pieces.</summary>
    public Stream Slice(long offset) => new MemoryStream(_chunk, 0, (int)Math.Min(ChunkBytes, length - offset), writable: false);

    /// <summary>The whole body.</summary>
    /// <param name="declared">Whether its length is declared; else it is chunked.</param>
    public HttpContent ToContent(bool declared = false) => new Content(length, declared);

    private static byte[] Chunk()
    {
        var chunk = new byte[ChunkBytes];
        new Random(1).NextBytes(chunk);
        return chunk;
    }

    private sealed class Content(long length, bool declared) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var left = length; left > 0; left -= ChunkBytes)
            {
                await stream.WriteAsync(_chunk.AsMemory(0, (int)Math.Min(left, ChunkBytes)));
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return declared;
        }
    }
}
