using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// The single request that makes an upload visible: Put Blob for a body that fits one block, Put Block List for all others. Properties,
/// metadata, features and the condition are part of it, so nobody ever sees one without the other. It does not end when the client
/// disconnects: the body is complete by now, and an interrupted commit would leave open whether it happened.
/// </summary>
/// <param name="client">Sends the request.</param>
/// <param name="write">The blob.</param>
/// <param name="time">The clock.</param>
/// <param name="announcement">Announces it; null if nobody wants to know.</param>
internal sealed class BlobCommit(BlockBlobClient client, BlobWrite write, TimeProvider time, ICommitAnnouncement? announcement = null)
{
    private bool _isSent;

    /// <summary>Sends the requests about this blob, and tries them again.</summary>
    public BlockBlobClient Client => client;

    private BlobFeatures Features => write.Properties.Features;

    /// <summary>All blocks are known, and it will soon be committed.</summary>
    public void Approach() => announcement?.Begin();

    /// <summary>It is over. What was not sent will never be.</summary>
    public void Close()
    {
        if (!_isSent)
        {
            announcement?.Withdraw();
        }
    }

    /// <param name="block">The whole body.</param>
    /// <param name="digests">The digests to store with the content.</param>
    public async ValueTask<Result<Committed>> PutBlobAsync(Block block, IReadOnlyList<Digest> digests) =>
        await AnnounceAsync(default) is { } unannounced
            ? unannounced
            : Announced(await SendAsync(block, digests), block.Length, digests);

    /// <param name="ids">The blocks, in order.</param>
    /// <param name="blocks">How many there are.</param>
    /// <param name="bytes">How many bytes they have.</param>
    /// <param name="digests">The digests to store with the content.</param>
    /// <param name="cancellationToken">Cancels the attempt, where another writer may continue after a while.</param>
    public async ValueTask<Result<Committed>> PutBlockListAsync(
        IEnumerable<string> ids, int blocks, long bytes, IReadOnlyList<Digest> digests, CancellationToken cancellationToken = default)
    {
        if (await AnnounceAsync(cancellationToken) is { } unannounced)
        {
            return unannounced;
        }

        var options = new CommitBlockListOptions
        {
            HttpHeaders = Headers(digests),
            Metadata = Metadata(digests),
            Conditions = Conditions(),
            Tags = Features.TagsOf(write.Properties.ContentType, digests),
            AccessTier = Tier(),
            ImmutabilityPolicy = Immutability(),
            LegalHold = Hold(),
        };
        return Announced(await CommitAsync(blocks, client.CommitBlockListAsync(ids, options, cancellationToken)), bytes, digests);
    }

    private async ValueTask<Failure?> AnnounceAsync(CancellationToken cancellationToken)
    {
        if (announcement is not null && await announcement.AnnounceAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        _isSent = true;
        return null;
    }

    // A commit whose answer is unknown stays announced: whoever reads the announcement asks the blob.
    private Result<Committed> Announced(Result<Committed> result, long bytes, IReadOnlyList<Digest> digests)
    {
        if (result.TryGet(out var committed, out var failure))
        {
            announcement?.Confirm(committed, bytes, digests);
        }
        else if (failure.IsRefusal)
        {
            announcement?.Withdraw();
        }

        return result;
    }

    private async ValueTask<Result<Committed>> SendAsync(Block block, IReadOnlyList<Digest> digests)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = Headers(digests),
            Metadata = Metadata(digests),
            Conditions = Conditions(),
            Tags = Features.TagsOf(write.Properties.ContentType, digests),
            AccessTier = Tier(),
            ImmutabilityPolicy = Immutability(),
            LegalHold = Hold(),
            // One request, whatever the length: the block is already in memory.
            TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockPlan.LargestBlockBytes },
        };
        Task<Response<BlobContentInfo>> sending;

        // Storage checks Put Blob against the MD5 that it is to keep, where there is one, and refuses a second checksum.
        using (options.HttpHeaders.ContentHash is null ? BlockChecksum.Send(block) : null)
        {
            sending = client.UploadAsync(new BlockStream(block), options);
        }

        return await CommitAsync(0, sending);
    }

    private async ValueTask<Result<Committed>> CommitAsync(int blocks, Task<Response<BlobContentInfo>> sending)
    {
        using var span = SluiceTracing.StartStage(Phase.Seal);
        Failure unsettled;
        try
        {
            var info = (await sending).Value;
            if (info.ETag != default)
            {
                return new Committed(info.ETag.ToString("H"), info.LastModified, blocks);
            }

            unsettled = new Failure(
                FailureKind.StorageUnreachable, Phase.Seal,
                "The response to the commit has no entity tag, and the blob of this upload does not exist.");
        }
        catch (Exception e)
        {
            unsettled = StorageFailure.From(
                e, Phase.Seal, write.Condition.IsSet ? StorageRequestKind.ConditionalWrite : StorageRequestKind.Write);
        }

        var result = await ReconcileAsync(unsettled, blocks);
        if (result.Failure is { } failure)
        {
            span.Fail(failure);
        }

        return result;
    }

    // If the answer to a commit was lost, the SDK retries it and meets its own blob: a condition that had held now fails. The upload id in
    // the metadata tells whether the stored blob is ours; its length, whether it is complete. The same applies to answers that Put Blob and
    // Put Block List never give.
    private async ValueTask<Result<Committed>> ReconcileAsync(Failure failure, int blocks)
    {
        try
        {
            var found = (await client.GetPropertiesAsync()).Value;
            return found.ETag != default
                && found.Metadata.TryGetValue(BlobMetadata.Upload, out var upload) && upload == write.Id.ToString("N")
                && (write.Length ?? found.ContentLength) == found.ContentLength
                ? new Committed(found.ETag.ToString("H"), found.LastModified, blocks)
                : failure;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return failure;
        }
        catch (Exception)
        {
            // Even a refusal: the attempt before it may have succeeded.
            return failure with { IsRefusal = false };
        }
    }

    private BlobHttpHeaders Headers(IReadOnlyList<Digest> digests) => new()
    {
        ContentType = write.Properties.ContentType,
        ContentEncoding = write.Properties.ContentEncoding,
        ContentLanguage = write.Properties.ContentLanguage,
        ContentDisposition = write.Properties.ContentDisposition,
        CacheControl = write.Properties.CacheControl,
        ContentHash = digests.FirstOrDefault(static digest => digest.Algorithm == DigestAlgorithm.Md5)?.Value,
    };

    private Dictionary<string, string> Metadata(IReadOnlyList<Digest> digests)
    {
        var metadata = new Dictionary<string, string>(write.Properties.Metadata) { [BlobMetadata.Upload] = write.Id.ToString("N") };
        foreach (var digest in digests)
        {
            if (digest.Algorithm.Metadata is { } name)
            {
                metadata[name] = digest.Base64;
            }
        }

        return metadata;
    }

    // Not 'null' alone: a text converts to a tier, and a null one throws.
    private AccessTier? Tier() => Features.Tier is { } tier ? new AccessTier(tier) : default(AccessTier?);

    private BlobImmutabilityPolicy? Immutability() => Features.ImmutableDays is { } days
        ? new BlobImmutabilityPolicy
        {
            ExpiresOn = time.GetUtcNow().AddDays(days),
            PolicyMode = Features.ImmutabilityMode == ImmutabilityMode.Locked
                ? BlobImmutabilityPolicyMode.Locked
                : BlobImmutabilityPolicyMode.Unlocked,
        }
        : null;

    // False would need the permission to clear holds.
    private bool? Hold() => Features.LegalHold ? true : null;

    private BlobRequestConditions Conditions() => new()
    {
        IfMatch = write.Condition.IfMatch is { } match ? new ETag(match) : null,
        IfUnmodifiedSince = write.Condition.IfMatch is null ? write.Condition.IfUnmodifiedSince : null,
        IfNoneMatch = write.Condition.IfNoneMatch is { } none ? new ETag(none) : null,
    };
}
