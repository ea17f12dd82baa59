using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Diagnostics;
using Sluice.Memory;

namespace Sluice.Sinks.Blob;

/// <summary>
/// The one request that makes an upload visible: Put Blob for a body that fits one block, Put Block List for all others. Properties,
/// metadata and the condition go with it, so that nobody ever sees one without the other. It does not end with the client's connection:
/// the body is whole by now, and a commit that is cut in the middle would leave open whether it happened.
/// </summary>
internal sealed class BlobCommit(BlockBlobClient client, BlobWrite write)
{
    public async ValueTask<Result<Committed>> PutBlobAsync(Block block, ReadOnlyMemory<byte> sha256)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = Headers(),
            Metadata = Metadata(sha256),
            Conditions = Conditions(),
            // One request whatever the length: the block is in memory already.
            TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockPlan.LargestBlockBytes },
        };
        Task<Response<BlobContentInfo>> sending;
        using (BlockChecksum.Send(block))
        {
            sending = client.UploadAsync(new BlockStream(block), options);
        }

        return await CommitAsync(0, sending);
    }

    public ValueTask<Result<Committed>> PutBlockListAsync(int blocks, ReadOnlyMemory<byte> sha256) =>
        CommitAsync(
            blocks,
            client.CommitBlockListAsync(
                Enumerable.Range(0, blocks).Select(index => new BlockId(write.Id, index).ToBase64()),
                new CommitBlockListOptions { HttpHeaders = Headers(), Metadata = Metadata(sha256), Conditions = Conditions() }));

    private async ValueTask<Result<Committed>> CommitAsync(int blocks, Task<Response<BlobContentInfo>> sending)
    {
        using var span = SluiceTracing.StartStage(Phase.Seal);
        try
        {
            var info = (await sending).Value;
            return new Committed(info.ETag.ToString("H"), info.LastModified, blocks);
        }
        catch (Exception e)
        {
            var result = await ReconcileAsync(StorageFailure.From(e, Phase.Seal), blocks);
            if (result.Failure is { } failure)
            {
                span.Fail(failure);
            }

            return result;
        }
    }

    // A commit whose answer was lost is retried by the SDK, and then meets its own blob: a condition fails that had held. The upload id
    // in the metadata tells whether what is there is ours.
    private async ValueTask<Result<Committed>> ReconcileAsync(Failure failure, int blocks)
    {
        try
        {
            var found = (await client.GetPropertiesAsync()).Value;
            return found.Metadata.TryGetValue(BlobMetadata.Upload, out var upload) && upload == write.Id.ToString("N")
                ? new Committed(found.ETag.ToString("H"), found.LastModified, blocks)
                : failure;
        }
        catch (Exception)
        {
            return failure;
        }
    }

    private BlobHttpHeaders Headers() => new()
    {
        ContentType = write.Properties.ContentType,
        ContentEncoding = write.Properties.ContentEncoding,
        ContentLanguage = write.Properties.ContentLanguage,
        ContentDisposition = write.Properties.ContentDisposition,
        CacheControl = write.Properties.CacheControl,
    };

    private Dictionary<string, string> Metadata(ReadOnlyMemory<byte> sha256) => new(write.Properties.Metadata)
    {
        [BlobMetadata.Sha256] = Convert.ToBase64String(sha256.Span),
        [BlobMetadata.Upload] = write.Id.ToString("N"),
    };

    private BlobRequestConditions Conditions() => new()
    {
        IfMatch = write.Condition.IfMatch is { } match ? new ETag(match) : null,
        IfUnmodifiedSince = write.Condition.IfMatch is null ? write.Condition.IfUnmodifiedSince : null,
        IfNoneMatch = write.Condition.IfNoneMatch is { } none ? new ETag(none) : null,
    };
}
