using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Body;

namespace Sluice.Sinks.Blob;

/// <summary>
/// The sink for bodies whose blocks are too large to be held: each block is one Put Block whose content streams straight from the
/// request to the socket. Nothing can be sent twice, so any failure of storage fails the upload, and the client may try again.
/// </summary>
internal sealed class PassThroughUpload(
    BlockBlobClient client, BlobWrite write, BlockPlan plan, BlobCommit commit, TimeSpan stallTimeout, TimeProvider time) : IBodySink
{
    private int _blocks;

    public async ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var left = write.Length!.Value; left > 0;)
        {
            var bytes = Math.Min(left, plan.BlockBytes(_blocks));
            if (await StageAsync(body, bytes, stalled, cancellationToken) is { } failure)
            {
                return failure;
            }

            left -= bytes;
            _blocks++;
        }

        return null;
    }

    public ValueTask<Result<Committed>> CommitAsync(ReadOnlyMemory<byte> sha256) =>
        commit.PutBlockListAsync(_blocks, sha256);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<Failure?> StageAsync(BodySource body, long bytes, CancellationTokenSource stalled, CancellationToken cancellationToken)
    {
        await using var watch = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), stalled, stallTimeout, Timeout.InfiniteTimeSpan);
        await using var content = new PassThroughStream(body, bytes, watch, stallTimeout, stalled.Token);
        try
        {
            var id = new BlockId(write.Id, _blocks).ToBase64();
            var taken = (await client.StageBlockAsync(id, content, new BlockBlobStageBlockOptions(), stalled.Token)).Value;

            // No header could go ahead of bytes that were not there yet, but storage says what it got.
            return taken.ContentCrc64 is { Length: > 0 } crc64 && !content.WasTakenAs(crc64)
                ? new Failure(FailureKind.StorageRejected, Phase.Transfer, "A block was damaged on its way to the blob service; send the body again.")
                : null;
        }
        catch (Exception e)
        {
            var failure = content.Failure;
            await content.CloseAsync();
            return failure
                ?? (cancellationToken.IsCancellationRequested
                    ? content.Failure ?? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client closed the connection before its body was whole.")
                    : StorageFailure.From(e, Phase.Transfer));
        }
    }
}
