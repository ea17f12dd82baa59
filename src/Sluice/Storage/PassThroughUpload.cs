using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>
/// The sink for bodies whose blocks are too large to be held: each block is one Put Block whose content streams straight from the request
/// to the socket. Nothing can be sent twice, so any storage failure fails the upload, and the client may retry.
/// </summary>
internal sealed class PassThroughUpload(
    BlockBlobClient client, BlobWrite write, BlockPlan plan, BlobCommit commit, TimeSpan stallTimeout, TimeProvider time) : IBlobUpload
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

        return await EndAsync(body, cancellationToken);
    }

    // It holds no memory.
    public ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken) => default;

    public ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests) =>
        commit.PutBlockListAsync(
            Enumerable.Range(0, _blocks).Select(index => new BlockId(write.Id, index).ToBase64()), _blocks, write.Length!.Value, digests);

    public ValueTask DisposeAsync()
    {
        commit.Close();
        return ValueTask.CompletedTask;
    }

    // All bytes have arrived. Whether they were the right ones is known at the body's end, which the read of the last byte need not have
    // reported.
    private static async ValueTask<Failure?> EndAsync(BodySource body, CancellationToken cancellationToken)
    {
        var beyond = new byte[1];
        while (true)
        {
            var read = await body.ReadAsync(beyond, cancellationToken);
            if (read.End || read.Failure is not null)
            {
                return read.Failure;
            }
        }
    }

    private async ValueTask<Failure?> StageAsync(
        BodySource body, long bytes, CancellationTokenSource stalled, CancellationToken cancellationToken)
    {
        await using var watch = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), stalled, stallTimeout, Timeout.InfiniteTimeSpan);
        await using var content = new PassThroughStream(body, bytes, watch, stallTimeout, stalled.Token);
        try
        {
            var id = new BlockId(write.Id, _blocks).ToBase64();
            var taken = (await client.StageBlockAsync(id, content, new BlockBlobStageBlockOptions(), stalled.Token)).Value;

            // No checksum header could be sent ahead of bytes that had not arrived yet, but storage reports what it received.
            return taken.ContentCrc64 is { Length: > 0 } crc64 && !content.WasTakenAs(crc64)
                ? new Failure(
                    FailureKind.StorageRejected, Phase.Transfer, "A block was damaged on the way to the blob service. Send the body again.")
                : null;
        }
        catch (Exception e)
        {
            var failure = content.Failure;
            await content.CloseAsync();
            return failure
                ?? (cancellationToken.IsCancellationRequested
                    ? content.Failure ?? new Failure(
                        FailureKind.ClientGone, Phase.Transfer, "The client closed the connection before the body was complete.")
                    : StorageFailure.From(e, Phase.Transfer, StorageRequestKind.Write));
        }
    }
}
