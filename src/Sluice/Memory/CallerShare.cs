namespace Sluice.Memory;

/// <summary>
/// What all uploads of one caller hold together, and which of them wait in line. Owned by the pool and guarded by its lock.
/// </summary>
internal sealed class CallerShare
{
    private readonly LinkedList<MemoryWaiter> _line = new();

    /// <summary>How many segments its uploads hold.</summary>
    public int Segments { get; set; }

    /// <summary>How many of its uploads hold memory or wait for it.</summary>
    public int Active { get; set; }

    /// <summary>Which of them is served next; null when none waits.</summary>
    public MemoryWaiter? First => _line.First?.Value;

    public void Enqueue(MemoryWaiter waiter) => waiter.Node = _line.AddLast(waiter);

    public void Remove(MemoryWaiter waiter) => _line.Remove(waiter.Node!);
}
