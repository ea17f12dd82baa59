using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

internal static class BlockList
{
    /// <summary>The sizes of the blocks that a blob is made of, in order.</summary>
    public static async Task<IEnumerable<long>> BlocksOfAsync(this RunningServer server, string name)
    {
        var blob = server.Container.GetBlockBlobClient(name);
        var list = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: TestContext.Current.CancellationToken);
        return list.Value.CommittedBlocks.Select(static block => block.SizeLong);
    }
}
