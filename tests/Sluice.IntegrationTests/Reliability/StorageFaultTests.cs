using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
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

    private readonly ConcurrentQueue<Injection> _injections = new();
    private readonly ConcurrentQueue<string> _violations = new();
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
            while (Campaign.Only is null && _injections.Count < wanted && _violations.Count < 20);
        });

        await world.UntilIdleAsync();
        var after = OpenHandles.Of(world.Server.ProcessId);
        var (table, figures) = Summary(Stopwatch.GetElapsedTime(began), handles, after);
        Campaign.Report("storage-faults", figures, table);
        Assert.True(_violations.IsEmpty, string.Join('\n', _violations));
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
            try
            {
                await way.RunAsync(run);
                await run.CleanAsync(way.Prefixes);
            }
            catch (Exception e) when (!world.Ending.IsCancellationRequested)
            {
                _violations.Enqueue(e is Violation ? e.Message : $"{run.Violated("it ended with an exception").Message}\n{e}");
            }

            if (plan.Operation is { } operation)
                _injections.Enqueue(new Injection(way.Name, kind, operation, plan.Injected, run.Said.Skip(plan.AnswersBefore).FirstOrDefault("none")));
        }
        finally
        {
            if (way.IsAlone)
                _alone.Release();
        }
    }

    private (string Table, object Figures) Summary(TimeSpan elapsed, int before, int after)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{_injections.Count} runs with a fault, {_injections.Sum(static one => one.Times)} injections, seed {Campaign.Seed}, {elapsed.TotalSeconds:F0} s, {_violations.Count} violations; handles {before} before, {after} after").AppendLine();
        Rows(table, "fault", static one => $"{one.Kind}");
        Rows(table, "way", static one => one.Way);
        Rows(table, "operation", static one => $"{one.Operation}");
        return (table.ToString(), new
        {
            runs = _injections.Count,
            injections = _injections.Sum(static one => one.Times),
            seed = Campaign.Seed,
            seconds = (int)elapsed.TotalSeconds,
            violations = _violations.ToArray(),
            cells = _injections.CountBy(static one => $"{one.Kind} | {one.Way} | {one.Operation} | {one.Outcome}").OrderBy(static cell => cell.Key, StringComparer.Ordinal).ToDictionary(),
        });
    }

    private void Rows(StringBuilder table, string title, Func<Injection, string> by)
    {
        table.AppendLine(CultureInfo.InvariantCulture, $"| {title} | runs | injections | the answer to the request that met it |").AppendLine("| --- | --- | --- | --- |");
        foreach (var group in _injections.GroupBy(by).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var outcomes = group.CountBy(static one => one.Outcome).OrderByDescending(static outcome => outcome.Value).Select(static outcome => $"{outcome.Value} x {outcome.Key}");
            table.AppendLine(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} | {group.Sum(static one => one.Times)} | {string.Join(", ", outcomes)} |");
        }

        table.AppendLine();
    }

    private sealed record Injection(string Way, StorageFaultKind Kind, Faults.StorageOperation Operation, int Times, string Outcome);
}
