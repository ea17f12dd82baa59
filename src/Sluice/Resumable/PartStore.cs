using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// The operations on the parts of a whole. Storage itself copies them (Put Block From URL,
/// https://learn.microsoft.com/rest/api/storageservices/put-block-from-url): none of their bytes passes through Sluice. It can read a part
/// only while the part is a blob.
/// </summary>
internal sealed class PartStore(
    BlobClients clients, ChainStore store, UploadOpener opener, UploadCompletion completion, TimeProvider time,
    ILogger<ResumableUploads> logger)
{
    /// <summary>Storage takes 4,000 MiB in one request; smaller pieces finish in time.</summary>
    public const long PieceBytes = 100 << 20;

    private const int RemovalAttempts = 3;
    private static readonly TimeSpan RemovalPause = TimeSpan.FromSeconds(1);

    /// <summary>Returns what moves parts into a whole.</summary>
    /// <param name="writer">The writer of the whole.</param>
    /// <param name="whole">The whole.</param>
    public PartMover MoverTo(ChainWriter writer, UploadTicket whole) => new(this, writer, whole, time, logger);

    /// <summary>Finds out how much of each part is stored. Changes nothing.</summary>
    public async ValueTask<Result<IReadOnlyList<FoundPart>>> LookAsync(
        IReadOnlyList<UploadTicket> parts, CancellationToken cancellationToken)
    {
        var found = new List<FoundPart>();
        foreach (var part in parts)
        {
            if (!(await LookAsync(part, cancellationToken)).TryGet(out var one, out var failure))
            {
                return failure;
            }

            found.Add(one);
        }

        return found;
    }

    /// <summary>Commits a part as a blob, or finds the blob that an earlier attempt made.</summary>
    public async ValueTask<Result<StoredBlob>> PublishAsync(PlacedPart part, CancellationToken cancellationToken)
    {
        if (!(await opener.OpenAsync(part.Ticket, cancellationToken)).TryGet(out var writer, out var failure))
        {
            if (failure.Kind != FailureKind.UploadCompleted)
            {
                return failure;
            }
        }
        else if (writer.State.Offset != part.Length || writer.State.Offset != part.Ticket.LengthIn(writer.State))
        {
            return NotWhole();
        }
        else if ((await writer.LinkAsync(ChainBlockFlags.Fence, cancellationToken)
            ?? (await completion.CompleteAsync(writer, part.Ticket, part.Length, whole: true, [])).Failure) is { } unpublished)
        {
            return unpublished;
        }

        return !(await FindAsync(part.Ticket, Phase.Open, cancellationToken)).TryGet(out var stored, out failure) ? failure
            : stored ?? (Result<StoredBlob>)new Failure(
                FailureKind.UploadGone, Phase.Open, "A part was removed while the parts were concatenated.");
    }

    /// <summary>The blob that a part is now; null if it is not a blob.</summary>
    public async ValueTask<Result<StoredBlob?>> FindAsync(UploadTicket part, Phase phase, CancellationToken cancellationToken) =>
        !(await store.FindBlobAsync(part.Target, phase, cancellationToken)).TryGet(out var stored, out var failure) ? failure
        : ChainStore.IsOf(stored, part) ? stored
        : (StoredBlob?)null;

    /// <summary>Copies a piece of a part into a block of the whole.</summary>
    /// <param name="part">The part.</param>
    /// <param name="blob">The stored version of the part: no other version is read.</param>
    /// <param name="at">Where the piece begins in the part.</param>
    /// <param name="bytes">How long it is.</param>
    /// <param name="whole">The whole.</param>
    /// <param name="blockId">The id of the block.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async ValueTask<Failure?> CopyAsync(
        BlobTarget part, StoredBlob blob, long at, long bytes, BlobTarget whole, string blockId, CancellationToken cancellationToken)
    {
        try
        {
            var (address, authorization, key) = await clients.SourceAsync(part, cancellationToken);
            var options = new StageBlockFromUriOptions
            {
                SourceRange = new HttpRange(at, bytes),
                SourceAuthentication = authorization,
                SourceCustomerProvidedKey = key,
                SourceConditions = new RequestConditions { IfMatch = new ETag(blob.ETag) },
            };
            await clients.Retrying(whole).StageBlockFromUriAsync(address, blockId, options, cancellationToken);
            return null;
        }
        catch (Exception e)
        {
            return cancellationToken.IsCancellationRequested
                ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client disconnected while its parts were concatenated.")
                : StorageFailure.From(e, Phase.Transfer, StorageRequestKind.Write);
        }
    }

    /// <summary>
    /// Removes the blob of a part. A blob that can't be removed is logged, and left to the account's lifecycle rule
    /// (infra/modules/storage.bicep).
    /// </summary>
    public async ValueTask RemoveAsync(UploadTicket part, StoredBlob blob)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await clients.Retrying(part.Target).DeleteAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(blob.ETag) });
                return;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return;
            }
            catch (Exception e) when (attempt == RemovalAttempts)
            {
                logger.PartLeft(
                    part.Target.Container, part.Target.Name,
                    StorageFailure.From(e, Phase.Seal, StorageRequestKind.ConditionalWrite).Detail);
                return;
            }
            catch (Exception)
            {
                await Task.Delay(RemovalPause * attempt, time);
            }
        }
    }

    private async ValueTask<Result<FoundPart>> LookAsync(UploadTicket part, CancellationToken cancellationToken)
    {
        if (!(await store.ReadAsync(part, keepData: false, Phase.Admit, cancellationToken)).TryGet(out var reading, out var failure))
        {
            return failure;
        }

        var state = reading.State;
        if (state is not null && state.Offset == part.LengthIn(state) && !state.IsCancelled)
        {
            return new FoundPart(part, state.Offset, IsThere: true);
        }

        // An attempt that died has made a blob of the part, and perhaps moved it; blocks that came after that mean nothing.
        return !(await FindAsync(part, Phase.Admit, cancellationToken)).TryGet(out var stored, out failure) ? failure
            : stored is not null
                ? part.Length is { } length && length != stored.Length ? NotWhole() : new FoundPart(part, stored.Length, IsThere: true)
            : state is null ? new FoundPart(part, part.Length, IsThere: false)
            : state.IsCancelled ? UploadOpener.Cancelled()
            : NotWhole();
    }

    private static Failure NotWhole() => new(FailureKind.UploadLengthInconsistent, Phase.Admit, "A part is not whole yet.");
}
