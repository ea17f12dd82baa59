using Azure;
using Azure.Storage.Blobs.Models;

namespace Sluice.Sinks.Blob;

/// <summary>Reads back what was stored.</summary>
internal sealed class BlobReader(BlobClients clients)
{
    /// <summary>What is stored under a name now; null when nothing is.</summary>
    public async ValueTask<Result<StoredBlob?>> FindAsync(BlobTarget target, Phase phase, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await clients.Retrying(target).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new StoredBlob(
                found.ContentLength,
                found.ETag.ToString("H"),
                found.LastModified,
                new BlobProperties
                {
                    ContentType = found.ContentType,
                    ContentEncoding = found.ContentEncoding,
                    ContentLanguage = found.ContentLanguage,
                    ContentDisposition = found.ContentDisposition,
                    CacheControl = found.CacheControl,
                    Metadata = WithoutReserved(found.Metadata),
                },
                Sha256Of(found.Metadata));
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return (StoredBlob?)null;
        }
        catch (Exception e)
        {
            return Failed(e, phase, cancellationToken);
        }
    }

    /// <summary>Opens the content of exactly that version of a blob, or of a part of it.</summary>
    public async ValueTask<Result<Stream>> OpenAsync(BlobTarget target, string etag, long offset, long length, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions
            {
                Conditions = new BlobRequestConditions { IfMatch = new ETag(etag) },
                Range = new HttpRange(offset, length),
            };
            var answer = await clients.Retrying(target).DownloadStreamingAsync(options, cancellationToken);
            return answer.Value.Content;
        }
        catch (Exception e)
        {
            return Failed(e, Phase.Read, cancellationToken);
        }
    }

    private static Failure Failed(Exception exception, Phase phase, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before it was answered.")
            : StorageFailure.From(exception, phase);

    private static Dictionary<string, string> WithoutReserved(IDictionary<string, string> metadata) =>
        metadata.Where(pair => !BlobMetadata.IsReserved(pair.Key)).ToDictionary();

    private static string? Sha256Of(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(BlobMetadata.Sha256, out var digest) ? digest : null;
}
