using System.Diagnostics.CodeAnalysis;

namespace Sluice.Memory;

/// <summary>
/// What one upload holds of the pool, and on behalf of which caller. All that an upload takes goes through its account, so that shares can be kept.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="caller">Whose share it is.</param>
/// <param name="holder">Who gives back when others wait; null for what is never held while a client is waited for.</param>
internal sealed class MemoryAccount(BlockPool pool, string caller, IMemoryHolder? holder)
{
    /// <summary>Whose share it is.</summary>
    public string CallerName => caller;

    /// <summary>The share, as long as the account is active. Written by the pool, under its lock.</summary>
    public CallerShare? Caller { get; set; }

    /// <summary>Who gives back when others wait.</summary>
    public IMemoryHolder? Holder => holder;

    /// <summary>How many segments it holds. Written by the pool, under its lock.</summary>
    public int Segments { get; set; }

    /// <summary>How often it stands in line. Written by the pool, under its lock.</summary>
    public int Waiting { get; set; }

    /// <summary>Whether it was asked to give back and has not yet done so. Written by the pool, under its lock.</summary>
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

    /// <summary>Gives segments back.</summary>
    public void Return(List<byte[]> segments) => pool.Return(this, segments);
}
