namespace Sluice.Memory;

/// <summary>What all uploads of one caller hold together, and who of them stands in line. Everything here is the pool's, under its lock.</summary>
internal sealed class CallerShare
{
    private readonly LinkedList<MemoryWaiter> _line = new();

    /// <summary>How many segments its uploads hold.</summary>
    public int Segments { get; set; }

    /// <summary>How many of its uploads hold memory or wait for it.</summary>
    public int Active { get; set; }

    /// <summary>Who of them is served next; null when nobody waits.</summary>
    public MemoryWaiter? First => _line.First?.Value;

    public void Enqueue(MemoryWaiter waiter) => waiter.Node = _line.AddLast(waiter);

    public void Remove(MemoryWaiter waiter) => _line.Remove(waiter.Node!);
}
