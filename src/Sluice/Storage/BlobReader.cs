using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>Reads stored blobs.</summary>
internal sealed class BlobReader(BlobClients clients)
{
    /// <summary>The blob that has this name now; null when there is none.</summary>
    public async ValueTask<Result<StoredBlob?>> FindAsync(BlobTarget target, Phase phase, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await clients.Retrying(target).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return Describe(
                phase,
                found.ContentLength,
                found.ETag,
                found.LastModified,
                found.Metadata,
                new BlobProperties
                {
                    ContentType = found.ContentType,
                    ContentEncoding = found.ContentEncoding,
                    ContentLanguage = found.ContentLanguage,
                    ContentDisposition = found.ContentDisposition,
                    CacheControl = found.CacheControl,
                }).TryGet(out var blob, out var failure) ? blob : failure;
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

    /// <summary>Opens a whole blob, in its current version, with one request.</summary>
    public async ValueTask<Result<BlobContent>> OpenAsync(BlobTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var answer = (await clients.Retrying(target).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            var found = answer.Details;
            return Describe(
                Phase.Read,
                found.ContentLength,
                found.ETag,
                found.LastModified,
                found.Metadata,
                new BlobProperties
                {
                    ContentType = found.ContentType,
                    ContentEncoding = found.ContentEncoding,
                    ContentLanguage = found.ContentLanguage,
                    ContentDisposition = found.ContentDisposition,
                    CacheControl = found.CacheControl,
                }).TryGet(out var blob, out var failure) ? new BlobContent(blob, answer.Content) : failure;
        }
        catch (Exception e)
        {
            return Failed(e, Phase.Read, cancellationToken);
        }
    }

    /// <summary>Opens a part of exactly this version of a blob.</summary>
    public async ValueTask<Result<Stream>> OpenPartAsync(
        BlobTarget target, string etag, long offset, long length, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions
            {
                Conditions = new BlobRequestConditions { IfMatch = new ETag(etag) },
                Range = new HttpRange(offset, length),
            };
            return (await clients.Retrying(target).DownloadStreamingAsync(options, cancellationToken)).Value.Content;
        }
        catch (Exception e)
        {
            return Failed(e, Phase.Read, cancellationToken, StorageRequestKind.ReadVersion);
        }
    }

    /// <summary>The SHA-256 of a blob: the stored digest, or else that of its content, which is read as a stream.</summary>
    public async ValueTask<Result<byte[]>> Sha256Async(BlobTarget target, StoredBlob blob, Phase phase, CancellationToken cancellationToken)
    {
        var kept = new byte[DigestAlgorithm.Sha256.Bytes];
        if (blob.Digests.TryGetValue(DigestAlgorithm.Sha256.Name, out var text)
            && Convert.TryFromBase64String(text, kept, out var written) && written == kept.Length)
        {
            return kept;
        }

        if (blob.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (!(await OpenPartAsync(target, blob.ETag, 0, blob.Length, cancellationToken)).TryGet(out var content, out var failure))
        {
            return failure with { Phase = phase };
        }

        try
        {
            await using (content)
            {
                return await SHA256.HashDataAsync(content, cancellationToken);
            }
        }
        catch (Exception e)
        {
            return Failed(e, phase, cancellationToken);
        }
    }

    // A value that becomes a header of ours has no control characters, and the entity tag can be compared. Otherwise the answer did not
    // come from storage.
    internal static Result<StoredBlob> Describe(
        Phase phase, long length, ETag etag, DateTimeOffset lastModified, IDictionary<string, string> metadata, BlobProperties properties)
    {
        string?[] values =
        [
            properties.ContentType, properties.ContentEncoding, properties.ContentLanguage, properties.ContentDisposition,
            properties.CacheControl, .. metadata.Values
        ];
        if (!IsTag(etag) || length < 0 || values.Any(static value => value?.Any(static c => c < ' ' || c == '\u007F') == true))
        {
            return StorageFailure.Unreadable(phase);
        }

        return new StoredBlob(
            length,
            etag.ToString("H"),
            lastModified,
            properties with { Metadata = metadata.Where(pair => !BlobMetadata.IsReserved(pair.Key)).ToDictionary() },
            DigestAlgorithm.OfFields.Where(algorithm => metadata.ContainsKey(algorithm.Metadata!))
                .ToDictionary(static algorithm => algorithm.Name, algorithm => metadata[algorithm.Metadata!]))
        {
            Upload = metadata.TryGetValue(BlobMetadata.Upload, out var upload) ? upload : null,
            Concatenation = metadata.TryGetValue(BlobMetadata.Concatenation, out var concatenation) ? concatenation : null,
        };
    }

    // RFC 9110, section 8.8.3. Storage makes strong tags; the SDK adds the quotes where they are missing.
    internal static bool IsTag(ETag etag) =>
        etag.ToString("G") is { Length: > 0 } text && !text.StartsWith("W/", StringComparison.Ordinal)
        && etag.ToString("H") is ['"', .. var opaque, '"'] && opaque.All(static c => c is '!' or (>= '#' and <= '~'));

    private static Failure Failed(
        Exception exception, Phase phase, CancellationToken cancellationToken, StorageRequestKind request = StorageRequestKind.Read) =>
        cancellationToken.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, phase, "The client closed the connection before the response was sent.")
            : StorageFailure.From(exception, phase, request);
}
