using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>Opens block uploads.</summary>
internal sealed class BlobUploads(BlobClients clients, BlockWriters blocks, IOptions<BlobOptions> blob, TimeProvider time) : IBlobUploads
{
    public IBlobUpload Open(BlobWrite write, BlockPlan plan, BodySender sender)
    {
        var commit = clients.Commit(write);
        if (plan.PassThrough)
        {
            return new PassThroughUpload(clients.Once(write.Target), write, plan, commit, blob.Value.StallTimeout, time);
        }

        var index = 0;
        var planned = new PlannedBlocks(plan, _ => new BlockId(write.Id, index++).ToBase64(), write.Length);
        var (staging, filler) = blocks.Open(write.Target, planned, sender);
        return new BlockUpload(write, commit, staging, filler);
    }
}
