using System.Diagnostics;
using System.Globalization;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reliability.Ways;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// Mixed load for a while, with a budget of 32 MiB: small and large bodies, relay, webhooks, resumable uploads, reads, hostile connections.
/// No answer is wrong, and in the second half memory, handles and threads stay where they are. Two minutes in <c>dotnet test</c>;
/// <c>tests/reliability soak 30</c> for more, with a plot.
/// </summary>
public sealed class SoakTests(AzuriteFixture azurite)
{
    private const int MinutesInTests = 2;
    private const int AtOnce = 10;

    // Beside other tests, which it would take the processor from.
    private const int AtOnceInTests = 4;
    private const int BudgetMiB = 32;

    // Buffers of connections, and objects, for each body under way.
    private const int MiBBesideBudget = 2;

    private static readonly TimeSpan _pauseInTests = TimeSpan.FromMilliseconds(600);

    [Fact]
    public async Task A_server_under_mixed_load_stays_as_it_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process holds is read from /proc.");
        var length = TimeSpan.FromMinutes(Campaign.Count("SLUICE_SOAK_MINUTES", MinutesInTests));
        var (atOnce, pause) = length > TimeSpan.FromMinutes(MinutesInTests) ? (AtOnce, TimeSpan.Zero) : (AtOnceInTests, _pauseInTests);
        await using var world = await ServerWorld.StartAsync(
            azurite, servers: 1, isMeasured: true, ("Sluice:Memory:BudgetBytes", $"{BudgetMiB << 20}"));
        var load = new Load(
            world,
            [
                .. AllWays.Common, new PutWay("PUT, large", 1_000_000, 20_000_000), new RelayWay(2_000_000), new HostileWay(),
                new HostileWay()
            ]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(world.Ending);
        stop.CancelAfter(length);
        var samples = new List<SoakSample>();
        var began = Stopwatch.GetTimestamp();
        var running = load.RunAsync(atOnce, pause, stop.Token);
        while (!stop.IsCancellationRequested && !running.IsCompleted)
        {
            samples.Add(Sample(world.Server.ProcessId, Stopwatch.GetElapsedTime(began).TotalSeconds));
            await Task.Delay(TimeSpan.FromSeconds(1), world.Ending);
        }

        await running;
        var half = samples.Skip(samples.Count / 2).ToList();
        var memory = Slope.Of([.. half.Select(static sample => (sample.Seconds, sample.ResidentMiB))]);
        var handles = Slope.Of([.. half.Select(static sample => (sample.Seconds, (double)sample.Handles))]);
        var threads = Slope.Of([.. half.Select(static sample => (sample.Seconds, (double)sample.Threads))]);
        Campaign.Report(
            "soak",
            new
            {
                minutes = length.TotalMinutes,
                runs = load.Runs,
                seed = Campaign.Seed,
                violations = load.Violations,
                memory,
                handles,
                threads,
                outcomes = load.Outcomes,
                samples
            }, string.Create(
                CultureInfo.InvariantCulture,
                $"{length.TotalMinutes} min, {load.Runs} runs, {load.Violations.Count} violations. "
                + $"Second half: memory {half.Min(static one => one.ResidentMiB):F1} to {half.Max(static one => one.ResidentMiB):F1} MiB, "
                + $"{memory.PerHour:F2} ± {memory.Error:F2} MiB an hour; handles {handles.PerHour:F1} ± {handles.Error:F1}; "
                + $"threads {threads.PerHour:F1} ± {threads.Error:F1}"));
        Campaign.Keep("soak.svg", SoakPlot.Svg(samples));

        Assert.True(load.Violations.Count == 0, string.Join('\n', load.Violations));
        Assert.Empty(world.Errors);
        Assert.InRange(
            samples.Max(static sample => sample.ResidentMiB), 0, samples[0].ResidentMiB + BudgetMiB + (atOnce * MiBBesideBudget));
        AssertLevel(memory, length, 8, "MiB");
        AssertLevel(handles, length, 60, "handles");
        AssertLevel(threads, length, 8, "threads");
    }

    // Not told from zero; or too little to be a leak: with every request it would be more.
    // A slope that is not known well enough says nothing.
    private static void AssertLevel(Slope slope, TimeSpan length, double atMost, string unit)
    {
        var hours = length.TotalHours / 2;
        Assert.True(
            slope.Error * hours < atMost && (slope.IsZero || Math.Abs(slope.PerHour * hours) < atMost),
            string.Create(CultureInfo.InvariantCulture, $"{slope.PerHour:F2} ± {slope.Error:F2} {unit} an hour in the second half"));
    }

    private static SoakSample Sample(int pid, double seconds) => new(
        seconds,
        ProcessMemory.ResidentBytes(pid) / (double)(1 << 20),
        OpenHandles.Of(pid),
        Directory.GetFileSystemEntries($"/proc/{pid}/task").Length);
}
