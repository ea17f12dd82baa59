using Azure;
using Azure.Storage.Blobs.Models;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>What a resumable upload asks of storage: to note something in a block's id, to list the blocks, to commit them.</summary>
internal sealed class ChainStore(BlobClients clients, BlobReader reader)
{
    private const int CommitAttempts = 3;

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
            return Failed(e, phase, StorageRequestKind.Write, cancellationToken);
        }
    }

    /// <summary>
    /// Lists the blocks, those of the blob included. What storage has acknowledged before is in the list (it is strongly consistent). A request
    /// that came late, or twice, can make a mark appear again that the commit had taken away; then the blob says that the upload is complete.
    /// </summary>
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
                await clients.Retrying(ticket.Target).GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellationToken);
            }

            var state = listing.IsCommitted ? null : listing.Chain.Resolve();
            if (state is { IsTorn: true })
            {
                return StorageFailure.Unreadable(phase);
            }

            if (state is { Offset: 0 } && ticket.Length is null or 0)
            {
                // A blob of no bytes has no blocks to tell whose it is.
                if (!(await reader.FindAsync(ticket.Target, Phase.Read, cancellationToken)).TryGet(out var blob, out var failure))
                {
                    return failure;
                }

                state = IsOf(blob, ticket) ? null : state;
            }

            return new ChainReading(state, listing.Now, listing);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return new ChainReading(null, DateTimeOffset.MinValue, new ChainListing(ticket.ChainId, keepData));
        }
        catch (Exception e)
        {
            return Failed(e, phase, StorageRequestKind.Read, cancellationToken);
        }
    }

    /// <summary>Makes the upload a blob. Ended after a while, so that others know that it can't happen any more.</summary>
    public async ValueTask<Result<Committed>> CommitAsync(UploadTicket ticket, IReadOnlyList<ChainBlock> blocks, long bytes, IReadOnlyList<Digest> digests, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var condition = new WriteCondition(null, "*");
            if (!ticket.CreateOnly)
            {
                // It replaces what is there now and nothing that comes later: Put Block List takes blocks of the blob too (the SDK lists them as <Latest>), so one
                // that reaches storage late could make a blob shorter again that somebody has completed since.
                if (!(await reader.FindAsync(ticket.Target, Phase.Read, CancellationToken.None)).TryGet(out var current, out var unread))
                {
                    return unread with { IsRefusal = true };
                }

                condition = current is null ? condition : new WriteCondition(current.ETag, null);
            }

            var write = new BlobWrite(ticket.Id, ticket.Target, ticket.Properties, condition, bytes);
            var result = await new BlobCommit(clients.Retrying(ticket.Target), write).PutBlockListAsync(blocks.Select(static block => block.ToBase64()), blocks.Count, digests, cancellationToken);
            if (ticket.CreateOnly || attempt == CommitAttempts || result.Failure is not { Kind: FailureKind.PreconditionFailed })
            {
                return result;
            }
        }
    }

    /// <summary>Whether that upload has made that blob.</summary>
    public static bool IsOf(StoredBlob? blob, UploadTicket ticket) => blob?.Upload == ticket.Id.ToString("N");

    private static Failure Failed(Exception exception, Phase phase, StorageRequestKind request, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before it was answered.")
        : StorageFailure.From(exception, phase, request);
}
