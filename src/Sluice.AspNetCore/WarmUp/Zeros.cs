using System.Net;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>A body of zeros.</summary>
internal sealed class Zeros(int bytes) : HttpContent
{
    private static readonly byte[] Chunk = new byte[16 * 1024];

    /// <summary>The body, piece by piece.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(int bytes)
    {
        for (var left = bytes; left > 0; left -= Chunk.Length)
        {
            yield return Chunk.AsMemory(0, Math.Min(left, Chunk.Length));
        }
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var piece in Pieces(bytes))
        {
            await stream.WriteAsync(piece);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes;
        return true;
    }
}
