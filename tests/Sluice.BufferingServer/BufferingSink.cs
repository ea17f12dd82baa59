using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.BufferingServer;

/// <summary>What many upload handlers do: read all of it, then store it in one request.</summary>
internal sealed class BufferingSink(BlockBlobClient client, BlobWrite write) : IBlobUpload
{
    private readonly MemoryStream _body = new();

    public async ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            _body.Write(buffer, 0, read.Bytes);
            if (read.Failure is not null || read.End)
                return read.Failure;
        }
    }

    public ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken) => default;

    public async ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests)
    {
        _body.Position = 0;
        var info = (await client.UploadAsync(_body, new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = write.Properties.ContentType },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = Math.Max(1, _body.Length) },
        })).Value;
        return new Committed(info.ETag.ToString("H"), info.LastModified, 0);
    }

    public ValueTask DisposeAsync() => _body.DisposeAsync();
}
