using Microsoft.Extensions.Options;
using Sluice.Memory;

namespace Sluice.Sinks.Blob;

/// <summary>Opens block uploads.</summary>
internal sealed class BlobSinks(BlobClients clients, BlockPool pool, IOptions<BlobOptions> blob, IOptions<MemoryOptions> memory, TimeProvider time)
    : IBodySinks
{
    public IBodySink Open(BlobWrite write, BlockPlan plan, Block? first)
    {
        var commit = new BlobCommit(clients.Retrying(write.Target), write);
        return first is null
            ? new PassThroughUpload(clients.Once(write.Target), write, plan, commit, blob.Value.StallTimeout, time)
            : new BlockUpload(write, plan, commit, new BlockStaging(clients.Retrying(write.Target), new BlockSupply(pool, first, memory.Value.WaitTimeout), blob.Value.BlocksInFlight));
    }
}
