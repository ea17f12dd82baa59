using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Memory;

namespace Sluice.Sinks.Blob;

/// <summary>
/// Blocks on their way to storage: several at once, each with its checksum, and each gives its memory back by itself. The first that fails
/// ends all others.
/// </summary>
internal sealed class BlockStaging(BlockBlobClient client, BlockSupply supply, int blocksInFlight) : IAsyncDisposable
{
    private readonly List<Task> _inFlight = [];
    private readonly CancellationTokenSource _ends = new();

    /// <summary>Fires when a block failed, or <see cref="CancelAsync"/> was called: there is no point in reading on.</summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why a block could not be staged; null as long as all could.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>An empty block to fill, once fewer than the most are on their way and there is memory for it.</summary>
    /// <param name="bytes">How much it will hold.</param>
    public async ValueTask<Block> TakeAsync(long bytes)
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

    /// <summary>Makes a block hold that much, waiting for the missing memory if it must. Null when it does.</summary>
    public async ValueTask<Failure?> GrowAsync(Block block, long bytes, CancellationToken cancellationToken) =>
        await supply.GrowAsync(block, bytes, cancellationToken) ? null
            : cancellationToken.IsCancellationRequested ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left while its upload waited for memory.")
            : new Failure(FailureKind.OverBudget, Phase.Transfer, "No memory became free for a larger block; send it again later.") { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>Takes a block back that is not staged.</summary>
    public void Return(Block block) => supply.Return(block);

    /// <summary>Sends a block on its way.</summary>
    public void Stage(Block block, string id) => _inFlight.Add(StageAsync(block, id));

    /// <summary>Waits for all that are on their way.</summary>
    public Task WhenAllAsync() => Task.WhenAll(_inFlight);

    /// <summary>Ends all that are on their way.</summary>
    public Task CancelAsync() => _ends.CancelAsync();

    /// <inheritdoc cref="CancelAsync"/>
    public void Cancel() => _ends.Cancel();

    /// <summary>Gives back the block that is kept for the next piece: there is none.</summary>
    public void Release() => supply.Dispose();

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await Task.WhenAll(_inFlight);
        supply.Dispose();
        _ends.Dispose();
    }

    private async Task StageAsync(Block block, string id)
    {
        try
        {
            using var checksum = BlockChecksum.Send(block);
            await client.StageBlockAsync(id, new BlockStream(block), new BlockBlobStageBlockOptions(), _ends.Token);
        }
        catch (Exception e)
        {
            if (!_ends.IsCancellationRequested)
            {
                Failure ??= StorageFailure.From(e, Phase.Transfer);
                await _ends.CancelAsync();
            }
        }
        finally
        {
            supply.Return(block);
        }
    }
}
