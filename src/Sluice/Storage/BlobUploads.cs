using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>Opens block uploads, and what turns the bytes of a resumable upload into blocks.</summary>
internal sealed class BlobUploads(
    BlobClients clients, BlockPool pool, IOptions<BlobOptions> blob, IOptions<MemoryOptions> memory, TimeProvider time,
    ICommitAnnouncer? announcer = null) : IBlobUploads
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
        var (staging, filler) = OpenBlocks(commit.Client, planned, sender);
        return new BlockUpload(write, commit, staging, filler);
    }

    /// <summary>
    /// Opens what turns a body into blocks that others will commit: the one that fills them, and the one that sends them. Sends nothing to
    /// storage yet. The staging must be disposed; the filler too, unless it ended with <see cref="BlockFiller.StageRest"/>.
    /// </summary>
    /// <param name="target">The blob.</param>
    /// <param name="planned">The blocks that the body is cut into.</param>
    /// <param name="sender">The sender of the body.</param>
    public (BlockStaging Staging, BlockFiller Filler) OpenBlocks(BlobTarget target, PlannedBlocks planned, BodySender sender) =>
        OpenBlocks(clients.Retrying(target), planned, sender);

    private (BlockStaging Staging, BlockFiller Filler) OpenBlocks(BlockBlobClient client, PlannedBlocks planned, BodySender sender)
    {
        var staging = new BlockStaging(client, blob.Value.BlocksInFlight);
        return (staging, new BlockFiller(staging, pool, planned, sender, memory.Value, time));
    }
}
