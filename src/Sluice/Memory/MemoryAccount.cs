using System.Diagnostics.CodeAnalysis;

namespace Sluice.Memory;

/// <summary>
/// What one upload holds of the pool, and on behalf of which caller. All memory of an upload is taken through its account, so that shares
/// can be enforced.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="caller">Whose share it is.</param>
/// <param name="holder">Returns memory when others wait; null for memory that is never held while waiting for a client.</param>
internal sealed class MemoryAccount(BlockPool pool, string caller, IMemoryHolder? holder)
{
    /// <summary>Whose share it is.</summary>
    public string CallerName => caller;

    /// <summary>The share, while the account is active. Written by the pool, under its lock.</summary>
    public CallerShare? Caller { get; set; }

    /// <summary>Returns memory when others wait.</summary>
    public IMemoryHolder? Holder => holder;

    /// <summary>How many segments it holds. Written by the pool, under its lock.</summary>
    public int Segments { get; set; }

    /// <summary>How many of its requests wait in line. Written by the pool, under its lock.</summary>
    public int Waiting { get; set; }

    /// <summary>Whether it was asked to return memory and has not done so yet. Written by the pool, under its lock.</summary>
    public bool IsGivingBack { get; set; }

    /// <summary>Whether it counts among those that share the pool.</summary>
    public bool IsActive => Segments + Waiting > 0;

    /// <summary>A block without memory, for a body without bytes.</summary>
    public Block Empty() => new(this, []);

    /// <inheritdoc cref="BlockPool.FairBytes"/>
    public long FairBytes => pool.FairBytes(this);

    /// <inheritdoc cref="BlockPool.TryRent"/>
    public bool TryRent(long bytes, [NotNullWhen(true)] out Block? block) => pool.TryRent(this, bytes, out block);

    /// <inheritdoc cref="BlockPool.RentAsync"/>
    public ValueTask<Block?> RentAsync(long bytes, bool orLess, TimeSpan timeout, CancellationToken cancellationToken) =>
        pool.RentAsync(this, bytes, orLess, timeout, cancellationToken);

    /// <inheritdoc cref="BlockPool.TryGrow"/>
    public bool TryGrow(Block block, long bytes) => pool.TryGrow(this, block, bytes);

    /// <summary>Returns segments to the pool.</summary>
    public void Return(List<byte[]> segments) => pool.Return(this, segments);
}
