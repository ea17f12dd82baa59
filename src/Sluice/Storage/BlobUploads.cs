using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>Opens block uploads.</summary>
internal sealed class BlobUploads(
    BlobClients clients, BlockPool pool, IOptions<BlobOptions> blob, IOptions<MemoryOptions> memory, TimeProvider time)
    : IBlobUploads
{
    public IBlobUpload Open(BlobWrite write, BlockPlan plan, BodySender sender)
    {
        var commit = new BlobCommit(clients.Retrying(write.Target), write);
        if (plan.PassThrough)
        {
            return new PassThroughUpload(clients.Once(write.Target), write, plan, commit, blob.Value.StallTimeout, time);
        }

        var staging = new BlockStaging(clients.Retrying(write.Target), blob.Value.BlocksInFlight);
        var index = 0;
        var filler = new BlockFiller(
            staging, pool, plan, _ => new BlockId(write.Id, index++).ToBase64(), write.Length, sender, memory.Value, time);
        return new BlockUpload(write, commit, staging, filler);
    }
}
