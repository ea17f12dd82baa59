using Sluice.Memory;

namespace Sluice.Sinks.Blob;

/// <summary>
/// The blocks of one upload. It was admitted with one, which it keeps until it ends, so that it can always go on; every further one it
/// takes only when free, and gives back as soon as storage has it.
/// </summary>
internal sealed class BlockSupply(BlockPool pool, Block first, TimeSpan waitTimeout) : IDisposable
{
    private readonly Lock _gate = new();
    private Block? _idle = first;
    private int _owned = 1;
    private bool _disposed;

    /// <summary>A block to fill that holds at least <paramref name="bytes"/>, if there is one at once.</summary>
    public Block? TryTake(long bytes)
    {
        lock (_gate)
        {
            var block = _idle;
            _idle = null;
            if (block is null && pool.TryRent(bytes, out block))
            {
                _owned++;
            }

            return block;
        }
    }

    /// <summary>Makes a block hold at least <paramref name="bytes"/>, waiting for the missing memory if it must. False: none came free.</summary>
    public async ValueTask<bool> GrowAsync(Block block, long bytes, CancellationToken cancellationToken)
    {
        if (block.Capacity >= bytes || pool.TryGrow(block, bytes))
        {
            return true;
        }

        if (await pool.RentAsync(bytes - block.Capacity, waitTimeout, cancellationToken) is not { } more)
        {
            return false;
        }

        block.Absorb(more);
        return true;
    }

    /// <summary>Takes a block back: the last one is kept for the next piece of the body, others go to whoever needs them.</summary>
    public void Return(Block block)
    {
        lock (_gate)
        {
            if (_owned == 1 && !_disposed)
            {
                block.Clear();
                _idle = block;
                return;
            }

            _owned--;
        }

        block.Dispose();
    }

    public void Dispose()
    {
        Block? idle;
        lock (_gate)
        {
            _disposed = true;
            idle = _idle;
            _idle = null;
        }

        idle?.Dispose();
    }
}
