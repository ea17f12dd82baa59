using System.Diagnostics;
using System.Globalization;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Servers that are killed (SIGKILL) under mixed load, one alone and two that take turns: what was answered is there byte for byte, what
/// was not is whole or not there. Azurite is not killed: it loses what it has acknowledged. Ten kills each in <c>dotnet test</c>;
/// <c>tests/reliability kills 200</c> for more.
/// </summary>
public sealed class KillTests(AzuriteFixture azurite)
{
    private const int InTests = 20;
    private const int AtOnce = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_was_acknowledged_survives_a_kill(int servers)
    {
        Assert.SkipWhen(servers > 1 && OperatingSystem.IsWindows(), "There is no HAProxy for Windows.");
        var kills = Campaign.Count("SLUICE_KILLS", InTests) / 2;
        var random = Campaign.RandomFor(servers, "kills");
        var began = Stopwatch.GetTimestamp();
        await using var world = await ServerWorld.StartAsync(azurite, servers, isMeasured: false);
        var load = new Load(world, AllWays.Common);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(world.Ending);
        var running = load.RunAsync(AtOnce, TimeSpan.Zero, stop.Token);
        while (world.Kills < kills && load.Violations.Count == 0)
        {
            // Some work must be under way, however slow the machine is.
            var enough = load.Runs + random.Next(1, AtOnce);
            while (load.Runs < enough && !running.IsCompleted)
                await Task.Delay(random.Next(1, 50), world.Ending);
            await world.KillAsync(random.Next(servers));
        }

        await stop.CancelAsync();
        await running;
        var outcomes = string.Join(
            ", ",
            load.Outcomes.OrderByDescending(static outcome => outcome.Value).Select(static outcome => $"{outcome.Value} x {outcome.Key}"));
        Campaign.Report(
            $"kills-{servers}",
            new
            {
                servers,
                kills = world.Kills,
                runs = load.Runs,
                seed = Campaign.Seed,
                seconds = (int)Stopwatch.GetElapsedTime(began).TotalSeconds,
                violations = load.Violations,
                outcomes = load.Outcomes
            },
            string.Create(
                CultureInfo.InvariantCulture, $"{servers} servers, {world.Kills} kills, {load.Runs} runs, "
                    + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s, {load.Violations.Count} violations: {outcomes}"));
        Assert.True(load.Violations.Count == 0, string.Join('\n', load.Violations));
        Assert.Equal(kills, world.Kills);
        Assert.Empty(world.Errors);
    }
}
