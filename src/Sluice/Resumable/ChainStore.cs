using Azure;
using Azure.Storage.Blobs.Models;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>The storage operations of a resumable upload: write information into a block's id, list the blocks, commit them.</summary>
internal sealed class ChainStore(BlobClients clients, BlobReader reader, ICommitAnnouncer? announcer = null)
{
    private const int CommitAttempts = 3;

    // Storage refuses a block without bytes.
    private static readonly BinaryData Mark = BinaryData.FromBytes(new byte[1]);

    /// <summary>Writes a mark. Returns storage's clock when it is stored; null if storage did not report it.</summary>
    public async ValueTask<Result<DateTimeOffset?>> MarkAsync(
        UploadTicket ticket, ChainBlock mark, Phase phase, CancellationToken cancellationToken)
    {
        try
        {
            var noted = await clients.Retrying(ticket.Target).StageBlockAsync(
                mark.ToBase64(), Mark.ToStream(), new BlockBlobStageBlockOptions(), cancellationToken);
            return noted.GetRawResponse().Headers.Date;
        }
        catch (Exception e)
        {
            return Failed(e, phase, StorageRequestKind.Write, cancellationToken);
        }
    }

    /// <summary>
    /// Lists the blocks, including those of the blob. Everything that storage acknowledged before is in the list (it is strongly
    /// consistent). A request that arrived late, or twice, can recreate a mark that the commit had removed; then the blob shows that the
    /// upload is complete.
    /// </summary>
    /// <param name="ticket">The upload.</param>
    /// <param name="keepData">Whether to keep the data blocks, for a commit.</param>
    /// <param name="phase">The phase that it belongs to.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async ValueTask<Result<ChainReading>> ReadAsync(
        UploadTicket ticket, bool keepData, Phase phase, CancellationToken cancellationToken)
    {
        try
        {
            var listing = new ChainListing(ticket.ChainId, keepData);
            using (StreamedAnswers.ReadBy(new BlockListReading(listing)))
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
                // A blob without bytes has no blocks that tell which upload it belongs to.
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

    /// <summary>Commits the upload as a blob. The attempt ends after a while, so that others know that it can't happen any more.</summary>
    public async ValueTask<Result<Committed>> CommitAsync(
        UploadTicket ticket, IReadOnlyList<ChainBlock> blocks, long bytes, IReadOnlyList<Digest> digests,
        CancellationToken cancellationToken)
    {
        // A commit names the blob that it replaces, or says that there is none: Put Block List also takes blocks of the blob (the SDK lists
        // them as <Latest>), so a commit that reaches storage late could shorten a blob that another request has completed since.
        var isNamed = ticket.CreateOnly || ticket.IfMatch is not (null or "*");
        for (var attempt = 1; ; attempt++)
        {
            var condition = ticket.Condition;
            if (!isNamed)
            {
                if (!(await reader.FindAsync(ticket.Target, Phase.Read, CancellationToken.None)).TryGet(out var current, out var unread))
                {
                    return unread with { IsRefusal = true };
                }

                if (current is null && ticket.IfMatch is not null)
                {
                    return new Failure(FailureKind.PreconditionFailed, Phase.Seal, "The blob does not exist.") { IsRefusal = true };
                }

                condition = current is null ? new WriteCondition(null, "*") : new WriteCondition(current.ETag, null);
            }

            var write = new BlobWrite(ticket.Id, ticket.Target, ticket.Properties, condition, bytes)
            {
                Origin = ticket.Origin,
            };

            // A part is only a means to a whole.
            var announcement = ticket.Role == UploadRole.Part ? null : announcer?.Prepare(write);
            var result = await clients.Commit(write, announcement, isTemporary: ticket.Role == UploadRole.Part)
                .PutBlockListAsync(blocks.Select(static block => block.ToBase64()), blocks.Count, bytes, digests, cancellationToken);
            if (isNamed || attempt == CommitAttempts || result.Failure is not { Kind: FailureKind.PreconditionFailed })
            {
                return result;
            }
        }
    }

    /// <inheritdoc cref="BlobReader.FindAsync"/>
    public ValueTask<Result<StoredBlob?>> FindBlobAsync(BlobTarget target, Phase phase, CancellationToken cancellationToken) =>
        reader.FindAsync(target, phase, cancellationToken);

    /// <summary>The result of the commit that made a blob.</summary>
    public async ValueTask<Result<Committed>> FindCommittedAsync(BlobTarget target, StoredBlob blob, CancellationToken cancellationToken)
    {
        try
        {
            var listed = await clients.Retrying(target).GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken);
            return new Committed(blob.ETag, blob.LastModified, listed.Value.CommittedBlocks.Count());
        }
        catch (Exception e)
        {
            return Failed(e, Phase.Read, StorageRequestKind.Read, cancellationToken);
        }
    }

    /// <summary>Whether this upload made this blob.</summary>
    public static bool IsOf(StoredBlob? blob, UploadTicket ticket) => blob?.Upload == ticket.Id.ToString("N");

    private static Failure Failed(Exception exception, Phase phase, StorageRequestKind request, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
        ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before the response was sent.")
        : StorageFailure.From(exception, phase, request);
}
