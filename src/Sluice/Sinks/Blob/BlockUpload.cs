using Sluice.Body;
using Sluice.Digests;
using Sluice.Memory;

namespace Sluice.Sinks.Blob;

/// <summary>
/// One upload: fills blocks from the body, stages several at once, commits them in one request.
/// <code>
/// body -> fill -> [block 0]      only one: Put Blob, at the commit
///                                or Put Block, where the commit has to wait and the memory does not
///              -> [block n] ---> Put Block (CRC64, retried), at most BlocksInFlight at once
///                                ... Put Block List, at the commit
/// </code>
/// One flow of control fills; each staging gives its block back by itself. The pace is that of the slower side.
/// </summary>
internal sealed class BlockUpload(BlobWrite write, BlockPlan plan, BlobCommit commit, BlockStaging staging) : IBodySink
{
    private Block? _only;
    private int _blocks;
    private bool _disposed;

    public async ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken)
    {
        using var ends = cancellationToken.Register(staging.Cancel);
        var failure = await FillAndStageAsync(body);
        if (failure is not null)
        {
            await staging.CancelAsync();
        }

        return await WhenStagedAsync(failure);
    }

    // An empty body becomes an empty list: storage refuses a block without bytes.
    public async ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_only is not { } only)
        {
            staging.Release();
            return null;
        }

        _only = null;
        if (only.Length == 0)
        {
            staging.Return(only);
            staging.Release();
            return null;
        }

        using var ends = cancellationToken.Register(staging.Cancel);
        Stage(only);
        var failure = await WhenStagedAsync(null);
        staging.Release();
        return failure;
    }

    public ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests) => _only is not null
        ? commit.PutBlobAsync(_only, digests)
        : commit.PutBlockListAsync(Enumerable.Range(0, _blocks).Select(index => new BlockId(write.Id, index).ToBase64()), _blocks, digests);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        // Uncommitted blocks are left to storage, which drops them a week later: there is no request that removes only ours.
        await staging.CancelAsync();
        await staging.WhenAllAsync();
        if (_only is not null)
        {
            staging.Return(_only);
        }

        await staging.DisposeAsync();
    }

    // Storage's failure cancels the read, so it comes first.
    private async ValueTask<Failure?> WhenStagedAsync(Failure? failure)
    {
        await staging.WhenAllAsync();
        return staging.Failure ?? failure ?? (staging.Token.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left before its last blocks were staged.")
            : null);
    }

    private async ValueTask<Failure?> FillAndStageAsync(BodySource body)
    {
        for (var ended = false; !ended;)
        {
            var bytes = plan.BlockBytes(_blocks);
            var block = await staging.TakeAsync(bytes);
            Failure? failure;
            try
            {
                failure = await staging.GrowAsync(block, Math.Min(bytes, write.Length ?? bytes), staging.Token);
                if (failure is null)
                {
                    // A full first block asks whether more follows: if not, one Put Blob does it all.
                    (ended, failure) = await block.FillAsync(body, bytes, askBeyond: _blocks == 0, staging.Token);
                }
            }
            catch
            {
                staging.Return(block);
                throw;
            }

            if (failure is not null)
            {
                staging.Return(block);
                return failure;
            }

            if (ended && _blocks == 0)
            {
                _only = block;
            }
            else if (block.Length == 0)
            {
                staging.Return(block);
            }
            else
            {
                Stage(block);
            }
        }

        return null;
    }

    private void Stage(Block block) => staging.Stage(block, new BlockId(write.Id, _blocks++).ToBase64());
}
