using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>Opens block uploads.</summary>
internal sealed class BlobUploads(BlobClients clients, BlockWriters blocks, IOptions<BlobOptions> blob, TimeProvider time, ICommitAnnouncer? announcer = null)
    : IBlobUploads
{
    public IBlobUpload Open(BlobWrite write, BlockPlan plan, BodySender sender)
    {
        var commit = clients.Commit(write, announcer?.Prepare(write));
        if (plan.PassThrough)
        {
            return new PassThroughUpload(clients.Once(write.Target), write, plan, commit, blob.Value.StallTimeout, time);
        }

        if (write.Length <= plan.BlockBytes(0))
        {
            // It becomes visible as soon as it is here.
            commit.Approach();
        }

        var index = 0;
        var planned = new PlannedBlocks(plan, _ => new BlockId(write.Id, index++).ToBase64(), write.Length);
        var (staging, filler) = blocks.Open(write.Target, planned, sender);
        return new BlockUpload(write, commit, staging, filler);
    }
}
