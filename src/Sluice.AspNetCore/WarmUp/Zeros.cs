using System.Net;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>A body of zeros.</summary>
internal sealed class Zeros(int bytes) : HttpContent
{
    private static readonly byte[] Chunk = new byte[16 * 1024];

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var left = bytes; left > 0; left -= Chunk.Length)
        {
            await stream.WriteAsync(Chunk.AsMemory(0, Math.Min(left, Chunk.Length)));
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes;
        return true;
    }
}
