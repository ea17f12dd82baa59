using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Failures;
using Sluice.Memory;

namespace Sluice.Storage;

/// <summary>
/// The blocks on their way to storage: several at once, each with its checksum. Each returns its memory when it is done. The first failure
/// cancels all others.
/// </summary>
internal sealed class BlockStaging(BlockBlobClient client, int blocksInFlight) : IAsyncDisposable
{
    // Guards against two threads: the one that fills and, when others wait for memory, the one that reclaims.
    private readonly Lock _gate = new();
    private readonly List<Task> _inFlight = [];
    private readonly CancellationTokenSource _ends = new();

    /// <summary>
    /// Fires when a block failed, or <see cref="CancelAsync"/> was called: there is no point in reading more of the body.
    /// </summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why a block could not be staged; null while all could.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Waits until another block may be staged, or until no block is in flight.</summary>
    public async ValueTask WhenFewerAsync(bool none)
    {
        while (InFlight() is var inFlight && inFlight.Length >= (none ? 1 : blocksInFlight))
        {
            await Task.WhenAny(inFlight);
        }
    }

    /// <summary>Whether a block is in flight.</summary>
    public bool HasAny => InFlight().Length > 0;

    /// <summary>Waits for one block in flight, if there is any.</summary>
    public async ValueTask WhenAnyAsync()
    {
        if (InFlight() is { Length: > 0 } inFlight)
        {
            await Task.WhenAny(inFlight);
        }
    }

    /// <summary>Starts to stage a block, which returns its memory when it is done.</summary>
    /// <param name="block">The block.</param>
    /// <param name="id">The block's id.</param>
    /// <param name="alsoRead">Completes when the checks have finished reading the block's memory.</param>
    public void Stage(Block block, string id, Task alsoRead)
    {
        var staging = StageAsync(block, id, alsoRead);
        lock (_gate)
        {
            _inFlight.Add(staging);
        }
    }

    /// <summary>Waits for all blocks in flight.</summary>
    public Task WhenAllAsync() => Task.WhenAll(InFlight());

    /// <summary>Cancels all blocks in flight.</summary>
    public Task CancelAsync() => _ends.CancelAsync();

    /// <inheritdoc cref="CancelAsync"/>
    public void Cancel() => _ends.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await WhenAllAsync();
        _ends.Dispose();
    }

    private async Task StageAsync(Block block, string id, Task alsoRead)
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
                Failure ??= StorageFailure.From(e, Phase.Transfer, StorageRequestKind.Write);
                await _ends.CancelAsync();
            }
        }
        finally
        {
            await alsoRead;
            block.Dispose();
        }
    }

    private Task[] InFlight()
    {
        lock (_gate)
        {
            _inFlight.RemoveAll(static task => task.IsCompleted);
            return [.. _inFlight];
        }
    }
}
