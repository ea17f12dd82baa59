namespace Sluice.Memory;

/// <summary>
/// The uploads that wait for memory, and whose turn it is. The caller that holds least comes first, and of its uploads the one that has
/// waited longest. So no caller gets more than another one that waits, however many uploads it has in line. Not thread-safe: it belongs to
/// the pool, under its lock.
/// </summary>
internal sealed class MemoryLine
{
    private readonly SortedSet<CallerShare> _callers = new(Comparer<CallerShare>.Create(Compare));

    /// <summary>How many uploads wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many callers they belong to.</summary>
    public int Callers => _callers.Count;

    /// <summary>How many segments they want in total.</summary>
    public long Segments { get; private set; }

    /// <summary>Whose turn it is; null when nobody waits.</summary>
    public MemoryWaiter? Next => _callers.Min?.First;

    public void Add(MemoryWaiter waiter)
    {
        (Count, Segments) = (Count + 1, Segments + waiter.Segments);
        Change(waiter.Account.Caller!, waiter, static (caller, waiter) => caller.Enqueue(waiter));
    }

    public void Remove(MemoryWaiter waiter)
    {
        (Count, Segments) = (Count - 1, Segments - waiter.Segments);
        Change(waiter.Account.Caller!, waiter, static (caller, waiter) => caller.Remove(waiter));
    }

    /// <summary>Records that a caller holds more, or less.</summary>
    public void Hold(CallerShare caller, int change) => Change(caller, change, static (caller, change) => caller.Segments += change);

    // The caller's place in the line depends on the values that change.
    private void Change<T>(CallerShare caller, T argument, Action<CallerShare, T> change)
    {
        if (caller.First is not null)
        {
            _callers.Remove(caller);
        }

        change(caller, argument);
        if (caller.First is not null)
        {
            _callers.Add(caller);
        }
    }

    private static int Compare(CallerShare one, CallerShare other) =>
        one.Segments != other.Segments ? one.Segments.CompareTo(other.Segments) : one.First!.Turn.CompareTo(other.First!.Turn);
}
