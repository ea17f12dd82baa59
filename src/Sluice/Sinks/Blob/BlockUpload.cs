using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
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
internal sealed class BlockUpload(
    BlockBlobClient client, BlobWrite write, BlockPlan plan, BlobCommit commit, BlockSupply supply, int blocksInFlight) : IBodySink
{
    private readonly List<Task> _inFlight = [];
    private readonly CancellationTokenSource _staging = new();
    private Failure? _stagingFailure;
    private Block? _only;
    private int _blocks;
    private bool _disposed;

    public async ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken)
    {
        using var ends = cancellationToken.Register(_staging.Cancel);
        var failure = await FillAndStageAsync(body);
        if (failure is not null)
        {
            await _staging.CancelAsync();
        }

        await Task.WhenAll(_inFlight);

        // Storage's failure cancels the read, so it comes first.
        return _stagingFailure ?? failure ?? (_staging.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left before its last blocks were staged.")
            : null);
    }

    // An empty body becomes an empty list: storage refuses a block without bytes.
    public async ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_only is not { } only)
        {
            supply.Dispose();
            return null;
        }

        _only = null;
        if (only.Length == 0)
        {
            supply.Return(only);
            supply.Dispose();
            return null;
        }

        using var ends = cancellationToken.Register(_staging.Cancel);
        Stage(only);
        await Task.WhenAll(_inFlight);
        supply.Dispose();
        return _stagingFailure ?? (_staging.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left before its last blocks were staged.")
            : null);
    }

    public ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests) => _only is not null
        ? commit.PutBlobAsync(_only, digests)
        : commit.PutBlockListAsync(_blocks, digests);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        // Uncommitted blocks are left to storage, which drops them a week later: there is no request that removes only ours.
        await _staging.CancelAsync();
        await Task.WhenAll(_inFlight);
        if (_only is not null)
        {
            supply.Return(_only);
        }

        supply.Dispose();
        _staging.Dispose();
    }

    private async ValueTask<Failure?> FillAndStageAsync(BodySource body)
    {
        for (var ended = false; !ended;)
        {
            var bytes = plan.BlockBytes(_blocks);
            var block = await TakeBlockAsync(bytes);
            Failure? failure;
            try
            {
                if (!await supply.GrowAsync(block, Math.Min(bytes, write.Length ?? bytes), _staging.Token))
                {
                    failure = _staging.IsCancellationRequested
                        ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left while its upload waited for memory.")
                        : new Failure(FailureKind.OverBudget, Phase.Transfer, "No memory became free for a larger block; send it again later.")
                        {
                            RetryAfter = TimeSpan.FromSeconds(5),
                        };
                }
                else
                {
                    (ended, failure) = await FillAsync(block, bytes, body);
                }
            }
            catch
            {
                supply.Return(block);
                throw;
            }

            if (failure is not null)
            {
                supply.Return(block);
                return failure;
            }

            if (ended && _blocks == 0)
            {
                _only = block;
            }
            else if (block.Length == 0)
            {
                supply.Return(block);
            }
            else
            {
                Stage(block);
            }
        }

        return null;
    }

    // Ends when the block is full or the body is. A full first block asks whether more follows: if not, one Put Blob does it all.
    private async ValueTask<(bool Ended, Failure? Failure)> FillAsync(Block block, long bytes, BodySource body)
    {
        while (true)
        {
            var free = block.Free(bytes - block.Length);
            if (free.IsEmpty && _blocks > 0)
            {
                return (false, null);
            }

            var read = await body.ReadAsync(free, _staging.Token);
            block.Advance(read.Bytes);
            if (read.Failure is not null || read.End || free.IsEmpty)
            {
                return (read.End, read.Failure);
            }
        }
    }

    private async ValueTask<Block> TakeBlockAsync(long bytes)
    {
        while (true)
        {
            _inFlight.RemoveAll(static task => task.IsCompleted);
            if (_inFlight.Count < blocksInFlight && supply.TryTake(bytes) is { } block)
            {
                return block;
            }

            await Task.WhenAny(_inFlight);
        }
    }

    private void Stage(Block block) => _inFlight.Add(StageAsync(block, new BlockId(write.Id, _blocks++)));

    private async Task StageAsync(Block block, BlockId id)
    {
        try
        {
            using var checksum = BlockChecksum.Send(block);
            await client.StageBlockAsync(id.ToBase64(), new BlockStream(block), new BlockBlobStageBlockOptions(), _staging.Token);
        }
        catch (Exception e)
        {
            if (!_staging.IsCancellationRequested)
            {
                _stagingFailure ??= StorageFailure.From(e, Phase.Transfer);
                await _staging.CancelAsync();
            }
        }
        finally
        {
            supply.Return(block);
        }
    }
}
