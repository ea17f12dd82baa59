using Azure;
using Azure.Storage.Blobs.Models;
using Sluice.Digests;
using Sluice.Sinks;
using Sluice.Sinks.Blob;

namespace Sluice.Resumable;

/// <summary>What a resumable upload asks of storage: to note something in a block's id, to list the blocks, to commit them.</summary>
internal sealed class ChainStore(BlobClients clients)
{
    // Storage refuses a block without bytes.
    private static readonly BinaryData Mark = BinaryData.FromBytes(new byte[1]);

    /// <summary>Notes something. Tells storage's clock when it is there; null if storage did not say.</summary>
    public async ValueTask<Result<DateTimeOffset?>> MarkAsync(UploadTicket ticket, ChainBlock mark, Phase phase, CancellationToken cancellationToken)
    {
        try
        {
            var noted = await clients.Retrying(ticket.Target).StageBlockAsync(mark.ToBase64(), Mark.ToStream(), new BlockBlobStageBlockOptions(), cancellationToken);
            return noted.GetRawResponse().Headers.Date;
        }
        catch (Exception e)
        {
            return Failed(e, phase, cancellationToken);
        }
    }

    /// <summary>Lists the blocks. What storage has acknowledged before is in the list (it is strongly consistent).</summary>
    /// <param name="ticket">The upload.</param>
    /// <param name="keepData">Whether to keep the data blocks, for a commit.</param>
    /// <param name="phase">What it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<Result<ChainReading>> ReadAsync(UploadTicket ticket, bool keepData, Phase phase, CancellationToken cancellationToken)
    {
        try
        {
            var listing = new ChainListing(ticket.ChainId, keepData);
            using (BlockListReading.Listen(listing))
            {
                await clients.Retrying(ticket.Target).GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken);
            }

            return new ChainReading(listing.Chain.Resolve(), listing.Now, listing);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return new ChainReading(null, DateTimeOffset.MinValue, new ChainListing(ticket.ChainId, keepData));
        }
        catch (Exception e)
        {
            return Failed(e, phase, cancellationToken);
        }
    }

    /// <summary>Makes the upload a blob. Ended after a while, so that others know that it can't happen any more.</summary>
    public ValueTask<Result<Committed>> CommitAsync(UploadTicket ticket, IReadOnlyList<ChainBlock> blocks, long bytes, IReadOnlyList<Digest> digests, CancellationToken cancellationToken)
    {
        var write = new BlobWrite(ticket.Id, ticket.Target, ticket.Properties, ticket.OnlyOnce ? new WriteCondition(null, "*") : WriteCondition.None, bytes);
        return new BlobCommit(clients.Retrying(ticket.Target), write).PutBlockListAsync(blocks.Select(static block => block.ToBase64()), blocks.Count, digests, cancellationToken);
    }

    private static Failure Failed(Exception exception, Phase phase, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before it was answered.")
        : StorageFailure.From(exception, phase);
}
