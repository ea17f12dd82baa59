using System.Net;

namespace Sluice.IntegrationTests.Memory;

/// <summary>A part of a body: the next bytes of a stream, which goes on with those after them.</summary>
internal sealed class NextBytes(Stream body, long bytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var buffer = new byte[64 * 1024];
        for (var left = bytes; left > 0;)
        {
            var count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
            await stream.WriteAsync(buffer.AsMemory(0, count));
            left -= count;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes;
        return true;
    }
}
