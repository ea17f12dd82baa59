using System.Diagnostics;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.DevelopmentStorage;

namespace Sluice.Benchmarks;

/// <summary>
/// What each runtime setting is worth: peak memory of 100 MB in a fresh process, and of another 100 MB in the same, with one setting
/// changed at a time; and the time from the start of the process to its first answer.
/// </summary>
internal static class MemoryVariants
{
    private static readonly (string Name, Dictionary<string, string> Settings)[] _variants =
    [
        ("as shipped", []),
        ("gen0 budget not capped", new() { ["DOTNET_GCGen0MaxBudget"] = "0" }),
        ("TieredCompilation on", new() { ["DOTNET_TieredCompilation"] = "1" }),
        ("TieredCompilation and TieredPGO on", new() { ["DOTNET_TieredCompilation"] = "1", ["DOTNET_TieredPGO"] = "1" }),
        ("ReadyToRun code not used", new() { ["DOTNET_ReadyToRun"] = "0" }),
        ("concurrent GC", new() { ["DOTNET_gcConcurrent"] = "1" }),
        ("Server GC", new() { ["DOTNET_gcServer"] = "1" }),
        ("pool threads spin", new() { ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "46" }),
        ("4 MiB blocks", new() { ["Sluice:Blob:BlockBytes"] = "4194304" }),
    ];

    public static async Task RunAsync(int runs)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), CancellationToken.None);
        await new BlobContainerClient(azurite.ConnectionString, "bench").CreateAsync();
        Console.WriteLine($"Medians of {runs} processes, in MB (10^6 bytes). CPU in seconds per 100 MB, warm.");
        Console.WriteLine("| | base | first 100 MB | next 100 MB | CPU | start |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var (name, settings) in _variants)
        {
            List<double[]> all = [];
            for (var run = 0; run < runs; run++)
            {
                all.Add(await MeasureAsync(azurite, settings));
            }

            Console.WriteLine(
                $"| {name} | "
                    + $"{string.Join(" | ", Enumerable.Range(0, 5).Select(i => all.Select(run => run[i]).Order().ElementAt(runs / 2)).Select((value, i) => value.ToString(i < 1 ? "0" : "0.00")))} |");
        }
    }

    private static async Task<double[]> MeasureAsync(AzuriteProcess azurite, Dictionary<string, string> settings)
    {
        var began = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = ["bench"],
                IsMeasured = true,
                More = settings
            }, CancellationToken.None);
        var start = Stopwatch.GetElapsedTime(began).TotalSeconds;
        using var client = server.CreateClient();
        using var process = Process.GetProcessById(server.ProcessId);
        var body = new RepeatedBytes(100_000_000);

        var first = await DeltaAsync(server.ProcessId, () => Throughput.PutAsync(client, body));
        var cpu = process.TotalProcessorTime;
        var next = await DeltaAsync(server.ProcessId, () => Throughput.PutAsync(client, body));
        process.Refresh();
        return
        [
            first.BaseBytes / 1e6, first.DeltaBytes / 1e6, next.DeltaBytes / 1e6, (process.TotalProcessorTime - cpu).TotalSeconds, start
        ];
    }

    private static async Task<MemoryReading> DeltaAsync(int pid, Func<Task> run)
    {
        await using var probe = await MemoryProbe.StartAsync(pid, CancellationToken.None);
        await run();
        return await probe.StopAsync();
    }
}
