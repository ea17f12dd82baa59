using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reliability.ClientFaults;
using Sluice.IntegrationTests.Reliability.Ways;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Clients that break off, stall, send too little, too much or nonsense, in HTTP/1.1 and HTTP/2, at every request of every way in: what is visible is always whole, and
/// every answer is true.
/// <code>
/// run 4711 ──► a way in: its third request is sent by hand, and goes wrong ──► Sluice ──► Azurite
///    └──────── goes on as an honest client, looks at the account itself, and at every answer ◄──┘
/// </code>
/// 200 faults in <c>dotnet test</c>; <c>SLUICE_CLIENT_FAULTS=2000</c> for more.
/// </summary>
public sealed class ClientFaultTests(AzuriteFixture azurite)
{
    private const int InTests = 200;
    private const int AtOnce = 16;

    private readonly FaultLog _log = new();

    [Fact]
    public async Task Whatever_a_client_does_every_answer_is_true_and_nothing_partial_is_visible()
    {
        var wanted = Campaign.Count("SLUICE_CLIENT_FAULTS", InTests);
        var began = Stopwatch.GetTimestamp();
        await using var world = await ClientFaultWorld.StartAsync(azurite);
        IReadOnlyList<Way> ways = [.. AllWays.Common, new PutWay("PUT, passed through", 3_400_000, 4_500_000, passes: true), new RelayWay(400_000)];
        var requests = new int[ways.Count];
        await Parallel.ForEachAsync(ways.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (way, _) => requests[way.Index] = await CountAsync(world, way.Item, way.Index));
        var handles = world.Handles;

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

        // Connections to storage and those of honest clients are kept for a while.
        await world.UntilIdleAsync(handles + (6 * AtOnce));
        var (table, figures) = _log.Summary(Stopwatch.GetElapsedTime(began), $"handles {handles} before, {world.Handles} after");
        Campaign.Report("client-faults", figures, table);
        Assert.True(_log.Violations.Count == 0, string.Join('\n', _log.Violations));
        Assert.Empty(world.Errors);
    }

    // How many requests a way sends when nothing goes wrong: the most of a few runs, as uploads are in more or fewer pieces.
    private static async Task<int> CountAsync(ClientFaultWorld world, Way way, int index)
    {
        var most = 0;
        for (var number = 9_000_000 + index; number < 9_000_400; number += 100)
        {
            var plan = new ClientFaultPlan(-1, Random.Shared);
            using var run = new Run(world, way.Name, number, Campaign.Seed) { ClientFault = plan };
            await way.RunAsync(run);
            await run.CleanAsync(way.Prefixes);
            most = Math.Max(most, plan.Requests);
        }

        return most;
    }

    private async Task InjectAsync(ClientFaultWorld world, Way way, int requests, int number)
    {
        // The same for the same number, whatever runs beside it.
        var choose = new Random(unchecked((Campaign.Seed * 7_919) + number));
        var plan = new ClientFaultPlan(choose.Next(requests), choose);
        using var run = new Run(world, way.Name, number, Campaign.Seed) { ClientFault = plan };
        if (await run.TryAsync(way) is { } violation)
            _log.Violate(violation);

        if (plan.Fault is { } fault)
            _log.Add(new Injection(way.Name, fault.Name, plan.Operation!, 1, plan.Reply?.Said ?? "violation"));
    }
}
