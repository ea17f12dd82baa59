namespace Sluice.AspNetCore.Policies;

/// <summary>The decisions that may be used again, for as long as the service said. Bounded: a new one replaces the oldest.</summary>
/// <param name="capacity">The most decisions that are kept; 0 keeps none.</param>
/// <param name="time">The clock.</param>
internal sealed class PolicyCache(int capacity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Queue<Entry> _order = [];

    /// <summary>How many decisions are kept, expired ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The decision about a question; null if there is none that is still fresh.</summary>
    public PolicyAnswer? Find(string key)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return _entries.TryGetValue(key, out var entry) && now < entry.Expires ? entry.Answer : null;
        }
    }

    /// <summary>Keeps a decision.</summary>
    /// <param name="key">The question.</param>
    /// <param name="answer">The decision.</param>
    /// <param name="lifetime">How long it is fresh; if that is not positive, it is not kept.</param>
    public void Keep(string key, PolicyAnswer answer, TimeSpan lifetime)
    {
        if (capacity == 0 || lifetime <= TimeSpan.Zero)
        {
            return;
        }

        var entry = new Entry(key, answer, time.GetUtcNow() + lifetime);
        lock (_gate)
        {
            while (_order.Count >= capacity)
            {
                var oldest = _order.Dequeue();
                if (ReferenceEquals(_entries.GetValueOrDefault(oldest.Key), oldest))
                {
                    _entries.Remove(oldest.Key);
                }
            }

            _entries[key] = entry;
            _order.Enqueue(entry);
        }
    }

    private sealed record Entry(string Key, PolicyAnswer Answer, DateTimeOffset Expires);
}
