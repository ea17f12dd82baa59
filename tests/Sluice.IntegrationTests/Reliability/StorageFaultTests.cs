using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Storage that fails, in every way, at every request, of every way in: nothing partial is ever visible, and every answer is true.
/// <code>
/// run 4711 ──► a way in ──► Sluice ──► fault front: its third request goes wrong, in one way, once or for good ──► Azurite
///    └──────── looks at the account itself, and at every answer ◄───────────────────────────────────────────────────┘
/// </code>
/// 500 injections in <c>dotnet test</c>; <c>tests/reliability storage-faults 20000</c> for more.
/// </summary>
public sealed class StorageFaultTests(AzuriteFixture azurite) : IDisposable
{
    private const int InTests = 500;
    private const int AtOnce = 24;

    // Once, as often as it is tried, or longer.
    private static readonly int[] _times = [1, 1, 2, 4];

    private readonly FaultLog _log = new();
    private readonly SemaphoreSlim _alone = new(1);

    [Fact]
    public async Task Whatever_storage_does_every_answer_is_true()
    {
        var wanted = Campaign.Count("SLUICE_STORAGE_FAULTS", InTests);
        var began = Stopwatch.GetTimestamp();
        await using var world = await StorageWorld.StartAsync(azurite);
        IReadOnlyList<Way> ways = [.. AllWays.Common, .. AllWays.Special];
        var requests = new int[ways.Count];
        await Parallel.ForEachAsync(ways.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (way, _) => requests[way.Index] = await CountAsync(world, way.Item, way.Index));
        await world.UntilIdleAsync();
        var handles = OpenHandles.Of(world.Server.ProcessId);

        var next = Campaign.Only ?? -1;
        await Parallel.ForEachAsync(Enumerable.Range(0, Campaign.Only is null ? AtOnce : 1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            do
            {
                var number = Campaign.Only ?? Interlocked.Increment(ref next);
                var at = number % ways.Count;
                await InjectAsync(world, ways[at], requests[at], number);
            }
            while (Campaign.Only is null && _log.Count < wanted && _log.Violations.Count < 20);
        });

        await world.UntilIdleAsync();
        var after = OpenHandles.Of(world.Server.ProcessId);
        var (table, figures) = _log.Summary(Stopwatch.GetElapsedTime(began), handles, after);
        Campaign.Report("storage-faults", figures, table);
        Assert.True(_log.Violations.Count == 0, string.Join('\n', _log.Violations));
        OpenHandles.AssertBack(handles, after);
    }

    public void Dispose() => _alone.Dispose();

    // What a way asks of storage when nothing goes wrong.
    private static async Task<int> CountAsync(StorageWorld world, Way way, int index)
    {
        using var run = new Run(world, way.Name, 9_000_000 + index, Campaign.Seed);
        var plan = new FaultPlan(run, null, 0, 0, run.Random);
        world.Plan(run, plan, way.IsAlone);
        await way.RunAsync(run);
        await run.CleanAsync(way.Prefixes);
        return plan.Requests;
    }

    private async Task InjectAsync(StorageWorld world, Way way, int requests, int number)
    {
        if (way.IsAlone)
            await _alone.WaitAsync(world.Ending);
        try
        {
            // The same for the same number, whatever runs beside it.
            var choose = new Random(unchecked((Campaign.Seed * 7_919) + number));
            var kind = StorageFaultKinds.All[choose.Next(StorageFaultKinds.All.Count)];
            using var run = new Run(world, way.Name, number, Campaign.Seed) { MayLie = kind.IsLie() };

            var plan = new FaultPlan(run, kind, choose.Next(requests), _times[choose.Next(_times.Length)], choose);
            world.Plan(run, plan, way.IsAlone);
            if (await run.TryAsync(way) is { } violation)
                _log.Violate(violation);

            if (plan.Operation is { } operation)
                _log.Add(new Injection(way.Name, $"{kind}", $"{operation}", plan.Injected, run.Said.Skip(plan.AnswersBefore).FirstOrDefault("none")));
        }
        finally
        {
            if (way.IsAlone)
                _alone.Release();
        }
    }
}
