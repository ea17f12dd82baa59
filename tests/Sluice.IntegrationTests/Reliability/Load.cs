using System.Collections.Concurrent;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Clients that use every way in again and again, several at once, until they are told to stop;
/// each looks whether what it was told is true.
/// </summary>
internal sealed class Load(World world, IReadOnlyList<Way> ways)
{
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private int _next = -1;
    private int _runs;

    /// <summary>What was not kept.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>How many runs ended.</summary>
    public int Runs => _runs;

    /// <summary>What was answered, and how often.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    /// <summary>Runs until <paramref name="stop"/>; runs that are in progress then are finished.</summary>
    /// <param name="atOnce">How many clients there are.</param>
    /// <param name="pause">How long each client waits after a run.</param>
    /// <param name="stop">Ends the load.</param>
    public Task RunAsync(int atOnce, TimeSpan pause, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested && _violations.Count < 10)
            {
                await RunOnceAsync(Interlocked.Increment(ref _next));
                await Task.Delay(pause, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        })));

    private async Task RunOnceAsync(int number)
    {
        var way = ways[number % ways.Count];
        using var run = new Run(world, way.Name, number, Campaign.Seed);
        if (await run.TryAsync(way) is { } violation)
            _violations.Enqueue(violation);

        foreach (var said in run.Said)
            _outcomes.AddOrUpdate(said, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _runs);
    }
}
