using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>Opens what turns a body into blocks of a blob: the one that fills them, and the one that sends them.</summary>
internal sealed class BlockWriters(
    BlobClients clients, BlockPool pool, IOptions<BlobOptions> blob, IOptions<MemoryOptions> memory, TimeProvider time)
{
    /// <summary>Opens both. Sends nothing to storage yet; the staging must be disposed.</summary>
    /// <param name="target">The blob.</param>
    /// <param name="planned">The blocks that the body is cut into.</param>
    /// <param name="sender">The sender of the body.</param>
    public (BlockStaging Staging, BlockFiller Filler) Open(BlobTarget target, PlannedBlocks planned, BodySender sender)
    {
        var staging = new BlockStaging(clients.Retrying(target), blob.Value.BlocksInFlight);
        return (staging, new BlockFiller(staging, pool, planned, sender, memory.Value, time));
    }
}
