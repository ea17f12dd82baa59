using System.Net;

namespace Sluice.IntegrationTests.Server;

/// <summary>A body of a length that is not known beforehand, written by the test: what else it does in between happens mid-body.</summary>
internal sealed class UnsizedContent(Func<Stream, Task> write) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
