namespace Sluice.IntegrationTests.Faults;

/// <summary>Some of the requests of one operation on one blob fail in one way; the others pass.</summary>
internal sealed class FaultRule(StorageOperation operation, string blob, StorageFault fault, int after, int times)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _matched;

    /// <summary>The first request that fails has arrived.</summary>
    public Task Reached => _reached.Task;

    /// <summary>How many requests have failed.</summary>
    public int Failed => Math.Clamp(Volatile.Read(ref _matched) - after, 0, times);

    /// <summary>The fault for this request, if it is one of those.</summary>
    public StorageFault? For(StorageOperation asked, string path)
    {
        if (asked != operation || !path.EndsWith($"/{blob}", StringComparison.Ordinal))
            return null;
        var index = Interlocked.Increment(ref _matched) - 1 - after;
        if (index < 0 || index >= times)
            return null;
        _reached.TrySetResult();
        return fault;
    }
}
