using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>Deletes stored blobs.</summary>
internal sealed class BlobDeletion(BlobClients clients, ILogger<BlobDeletion> logger)
{
    /// <summary>
    /// Deletes exactly one version of a blob, without its snapshots: a blob that has any is refused. Null if the version is gone
    /// afterwards, <see cref="FailureKind.PreconditionFailed"/> if there is another one by now. It does not end when the client
    /// disconnects, so that what happened is logged.
    /// </summary>
    /// <param name="target">The blob.</param>
    /// <param name="blob">The version.</param>
    /// <param name="caller">The id of who deletes it, for the log; null if only an address is known.</param>
    public async ValueTask<Failure?> DeleteAsync(BlobTarget target, StoredBlob blob, string? caller = null)
    {
        try
        {
            await clients.Retrying(target).DeleteAsync(
                DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = new ETag(blob.ETag) }, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // Either another client was faster, or the answer to an earlier attempt was lost.
        }
        catch (Exception e)
        {
            return StorageFailure.From(e, Phase.Delete, StorageRequestKind.Delete);
        }

        logger.Deleted(target.Container, target.Name, blob.Length, blob.ETag, caller ?? SluiceLog.Nobody);
        return null;
    }
}
