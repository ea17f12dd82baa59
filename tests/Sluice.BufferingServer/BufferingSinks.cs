using Sluice.Body;
using Sluice.Storage;

namespace Sluice.BufferingServer;

/// <summary>Opens sinks that keep the body.</summary>
internal sealed class BufferingSinks(BlobClients clients) : IBlobUploads
{
    public IBlobUpload Open(BlobWrite write, BlockPlan plan, BodySender sender) => new BufferingSink(clients.Retrying(write.Target), write);
}
