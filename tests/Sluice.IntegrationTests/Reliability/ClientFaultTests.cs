using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reliability.ClientFaults;
using Sluice.IntegrationTests.Reliability.Ways;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Clients that break off, stall, send too little, too much or nonsense, in HTTP/1.1 and HTTP/2, at every request of every way in: what is
/// visible is always whole, and every answer is true.
/// <code>
/// run 4711 ──► a way in: its third request is sent by hand, and goes wrong ──► Sluice ──► Azurite
///    └──────── goes on as an honest client, looks at the account itself, and at every answer ◄──┘
/// </code>
/// 200 faults in <c>dotnet test</c>; <c>tests/reliability client-faults 2000</c> for more.
/// </summary>
public sealed class ClientFaultTests(AzuriteFixture azurite) : IDisposable
{
    private const int InTests = 200;
    private const int AtOnce = 16;

    // From this size on every kind has met every way with which it is possible.
    private const int MeetsAllPairs = 2_000;

    private readonly FaultLog _log = new();
    private readonly SemaphoreSlim _alone = new(1);

    [Fact]
    public async Task Whatever_a_client_does_every_answer_is_true_and_nothing_partial_is_visible()
    {
        var wanted = Campaign.Count("SLUICE_CLIENT_FAULTS", InTests);
        var began = Stopwatch.GetTimestamp();
        await using var world = await ClientFaultWorld.StartAsync(azurite);
        await world.SeedLargeAsync();
        var grid = await LearnAsync(world,
        [
            .. AllWays.Common,
            .. AllWays.Special,
            new RelayWay(400_000),
        ]);
        Assert.Empty(grid.Empty);
        var handles = world.Handles;

        var next = -1;
        var workers = Enumerable.Range(0, Campaign.Only is null ? AtOnce : 1);
        await Parallel.ForEachAsync(workers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            do
                await InjectAsync(world, grid, Campaign.Only ?? Interlocked.Increment(ref next));
            while (Campaign.Only is null && _log.Count < wanted && _log.Violations.Count < 20);
        });

        // Connections to storage and those of honest clients are kept for a while.
        await world.UntilIdleAsync(handles + (6 * AtOnce));
        var (table, figures) = _log.Summary(Stopwatch.GetElapsedTime(began), $"handles {handles} before, {world.Handles} after");
        Campaign.Report("client-faults", figures, table);
        Assert.True(_log.Violations.Count == 0, string.Join('\n', _log.Violations));
        Assert.Empty(world.Errors);
        if (Campaign.Only is null && wanted >= InTests)
            Assert.Empty(grid.UnmetKinds());
        if (Campaign.Only is null && wanted >= MeetsAllPairs)
            Assert.Empty(grid.UnmetPairs());
    }

    public void Dispose() => _alone.Dispose();

    // What the ways send when nothing goes wrong, in a few runs, as uploads are in more or fewer pieces.
    private static async Task<ClientFaultGrid> LearnAsync(ClientFaultWorld world, IReadOnlyList<Way> ways)
    {
        var honest = new IReadOnlyList<RequestShape>[ways.Count][];
        await Parallel.ForEachAsync(ways.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (way, _) =>
        {
            honest[way.Index] = new IReadOnlyList<RequestShape>[4];
            for (var at = 0; at < honest[way.Index].Length; at++)
            {
                var plan = new ClientFaultPlan(null, 0, Random.Shared);
                using var run = new Run(world, way.Item.Name, 9_000_000 + (100 * at) + way.Index, Campaign.Seed) { ClientFault = plan };
                await way.Item.RunAsync(run);
                await run.CleanAsync(way.Item.Prefixes);
                honest[way.Index][at] = plan.Requests;
            }
        });
        return new ClientFaultGrid(ways, honest);
    }

    private async Task InjectAsync(ClientFaultWorld world, ClientFaultGrid grid, int number)
    {
        // The same for the same number, whatever runs beside it.
        var choose = Campaign.RandomFor(number, "fault");
        var (way, rule, at) = grid.Case(number, choose);
        if (way.IsAlone)
            await _alone.WaitAsync(world.Ending);
        try
        {
            var plan = new ClientFaultPlan(rule, at, choose);
            using var run = new Run(world, way.Name, number, Campaign.Seed) { ClientFault = plan };
            if (await run.TryAsync(way) is { } violation)
                _log.Violate(violation);
            if (plan.Fault is not { } fault)
                return;
            _log.Add(new Injection(way.Name, fault.Name, plan.Operation!, 1, plan.Reply?.Said ?? "violation"));
            grid.Meet(way, rule);
        }
        finally
        {
            if (way.IsAlone)
                _alone.Release();
        }
    }
}
