using Azure;
using Azure.Storage.Blobs.Models;
using Sluice.Body;
using Sluice.Sinks.Blob;

namespace Sluice.Resumable;

/// <summary>
/// Makes the bytes of whole blobs blocks of another one. Storage reads them itself (Put Block From URL,
/// https://learn.microsoft.com/rest/api/storageservices/put-block-from-url): none of them passes through here.
/// </summary>
internal sealed class Concatenation(BlobClients clients, UploadOpening opening, Sealing sealing)
{
    // Storage takes 4,000 MiB in one request; smaller ones end in time.
    private const long PieceBytes = 100 << 20;

    /// <summary>In how many blocks a part ends up.</summary>
    public static int BlocksOf(long bytes) => (int)((bytes + PieceBytes - 1) / PieceBytes);

    /// <summary>Makes a part that is whole a blob, for as long as it takes to make another one of it.</summary>
    public async ValueTask<Result<StoredBlob>> PublishAsync(UploadTicket part, BodyWatch watch)
    {
        if (!(await opening.OpenAsync(part, watch.Token)).TryGet(out var writer, out var failure))
        {
            if (failure.Kind != FailureKind.UploadCompleted)
            {
                return failure;
            }
        }
        else if (writer.State.Offset != part.LengthIn(writer.State))
        {
            return new Failure(FailureKind.UploadLengthInconsistent, Phase.Admit, "A part is not whole yet.");
        }
        else if ((await writer.LinkAsync(ChainBlockFlags.Fence, watch.Token) ?? (await sealing.SealAsync(writer, part, writer.State.Offset, whole: true, [])).Failure) is { } unsealed)
        {
            return unsealed;
        }

        return (await opening.FindDoneAsync(part, watch.Token)).TryGet(out var done, out failure) ? done.Stored! : failure;
    }

    /// <summary>Adds a part. Null when all of it is there.</summary>
    /// <param name="writer">Whose bytes they become.</param>
    /// <param name="ticket">The whole.</param>
    /// <param name="part">The part.</param>
    /// <param name="blob">What was stored of it: no other version of it is read.</param>
    /// <param name="offset">Where it begins in the whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<Failure?> AddAsync(ChainWriter writer, UploadTicket ticket, BlobTarget part, StoredBlob blob, long offset, CancellationToken cancellationToken)
    {
        try
        {
            var (address, authorization) = await clients.SourceAsync(part, cancellationToken);
            var client = clients.Retrying(ticket.Target);
            for (long at = 0; at < blob.Length; at += PieceBytes)
            {
                var bytes = Math.Min(PieceBytes, blob.Length - at);
                var options = new StageBlockFromUriOptions
                {
                    SourceRange = new HttpRange(at, bytes),
                    SourceAuthentication = authorization,
                    SourceConditions = new RequestConditions { IfMatch = new ETag(blob.ETag) },
                };
                await client.StageBlockFromUriAsync(address, writer.DataId(offset + at, offset + at + bytes), options, cancellationToken);
            }

            return null;
        }
        catch (Exception e)
        {
            return cancellationToken.IsCancellationRequested
                ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left while its parts were put together.")
                : StorageFailure.From(e, Phase.Transfer);
        }
    }

    /// <summary>Removes a part that has become a part of the whole. One that can't be removed is left.</summary>
    public async ValueTask RemoveAsync(BlobTarget part, StoredBlob blob)
    {
        try
        {
            await clients.Retrying(part).DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(blob.ETag) });
        }
        catch (RequestFailedException)
        {
            // Somebody else needs or has it.
        }
    }
}
