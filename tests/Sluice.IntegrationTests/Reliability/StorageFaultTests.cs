using System.Diagnostics;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Storage that fails, in every way, at every operation, of every way in: nothing partial is ever visible, and every answer is true.
/// <code>
/// run 4711 ──► a way in ──► Sluice ──► fault front: its third Put Block goes wrong, in one way, once or for good ──► Azurite
///    └──────── looks at the account itself, and at every answer ◄──────────────────────────────────────────────────────┘
/// </code>
/// 500 requests that go wrong in <c>dotnet test</c>, or more until each kind was met;
/// <c>tests/reliability storage-faults 20000</c> for more.
/// </summary>
public sealed class StorageFaultTests(AzuriteFixture azurite) : IDisposable
{
    private const int InTests = 500;
    private const int AtOnce = 24;
    private const int FirstOfCounting = 9_000_000;

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
        var targets = new IReadOnlyList<Target>[ways.Count];
        await Parallel.ForEachAsync(
            ways.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (way, _) => targets[way.Index] = await TargetsAsync(world, way.Item, way.Index));
        foreach (var server in world.Servers)
            await server.BeginAsync();

        var next = Campaign.Only ?? -1;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Campaign.Only is null ? AtOnce : 1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, _) =>
        {
            do
            {
                var number = Campaign.Only ?? Interlocked.Increment(ref next);
                var at = number % ways.Count;
                await InjectAsync(world, ways[at], targets[at], number / ways.Count, number);
            }
            while (Campaign.Only is null && _log.Violations.Count < 20
                && (_log.Injections < wanted || (wanted == InTests && _log.Injections < 2 * wanted && !HasMetAll(ways, targets))));
        });

        foreach (var server in world.Servers)
            await server.AssertBackAsync();
        var (table, figures) = _log.Summary(Stopwatch.GetElapsedTime(began), string.Join("; ", world.Servers));
        Campaign.Report("storage-faults", figures, table);
        Assert.True(_log.Violations.Count == 0, string.Join('\n', _log.Violations));
        if (Campaign.Only is null)
            AssertAllMet(wanted, ways, targets);
    }

    public void Dispose() => _alone.Dispose();

    // What a way asks of storage when nothing goes wrong, and how each of that can go wrong: as often as in the longest of a few runs.
    private static async Task<IReadOnlyList<Target>> TargetsAsync(StorageWorld world, Way way, int index)
    {
        var most = new Dictionary<StorageOperation, int>();
        for (var number = FirstOfCounting + index; number < FirstOfCounting + 400; number += 100)
        {
            using var run = new Run(world, way.Name, number, Campaign.Seed);
            var plan = new FaultPlan(run, kind: null, only: null, 0, 0, run.Random);
            world.Plan(run, plan, way.IsAlone);
            await way.RunAsync(run);
            await run.CleanAsync(way.Prefixes);
            foreach (var (operation, requests) in plan.Requests)
                most[operation] = Math.Max(most.GetValueOrDefault(operation), requests);
        }

        Assert.NotEmpty(most);
        return [.. StorageFaultKinds.All.SelectMany(kind =>
            most.Where(one => kind.Of(one.Key, Random.Shared, static _ => { }) is not null)
                .Select(one => new Target(kind, one.Key, one.Value)))];
    }

    private async Task InjectAsync(StorageWorld world, Way way, IReadOnlyList<Target> targets, int round, int number)
    {
        if (way.IsAlone)
            await _alone.WaitAsync(world.Ending);
        try
        {
            // The kinds in turn, each at an operation of its own; then where and how often.
            var choose = Campaign.RandomFor(number, "fault");
            var kind = StorageFaultKinds.All[round % StorageFaultKinds.All.Count];
            var possible = targets.Where(target => target.Kind == kind).ToList();
            if (possible.Count == 0)
                return;
            var target = possible[round / StorageFaultKinds.All.Count % possible.Count];
            using var run = new Run(world, way.Name, number, Campaign.Seed) { MayLie = kind.IsLie() };

            var plan = new FaultPlan(run, kind, target.Operation, choose.Next(target.Requests), _times[choose.Next(_times.Length)], choose);
            world.Plan(run, plan, way.IsAlone);
            if (await run.TryAsync(way) is { } violation)
                _log.Violate(violation);

            if (plan.Operation is { } operation)
                _log.Add(new Injection(
                    way.Name, $"{kind}", $"{operation}", plan.Injected, run.Said.Skip(plan.AnswersBefore).FirstOrDefault("none")));
        }
        finally
        {
            if (way.IsAlone)
                _alone.Release();
        }
    }

    // All kinds, and all ways. A short campaign that has not met them yet goes on for a while.
    private bool HasMetAll(IReadOnlyList<Way> ways, IReadOnlyList<Target>[] targets) =>
        ways.Select(static way => way.Name).All(_log.Met.Select(static met => met.Way).ToHashSet().Contains)
        && targets.SelectMany(static all => all).Select(static one => $"{one.Kind}")
            .All(_log.Met.Select(static met => met.Fault).ToHashSet().Contains);

    // A campaign that is long enough meets all; a short one all kinds and all ways.
    private void AssertAllMet(int wanted, IReadOnlyList<Way> ways, IReadOnlyList<Target>[] targets)
    {
        Assert.True(wanted < InTests || HasMetAll(ways, targets), "Not every kind of fault was met in a way, or not every way met one.");
        var cells = ways.Index().SelectMany(way =>
            targets[way.Index].Select(target => (Way: way.Item.Name, Kind: $"{target.Kind}", Operation: $"{target.Operation}"))).ToList();
        if (wanted >= 10 * cells.Count)
            Assert.Empty(cells.Except(_log.Met.Select(static met => (met.Way, met.Fault, met.Operation))));
    }

    /// <summary>A way in which an operation can go wrong.</summary>
    /// <param name="Kind">How.</param>
    /// <param name="Operation">What goes wrong.</param>
    /// <param name="Requests">How often it is asked for.</param>
    private sealed record Target(StorageFaultKind Kind, StorageOperation Operation, int Requests);
}
