using System.Diagnostics;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.DevelopmentStorage;

namespace Sluice.Benchmarks;

/// <summary>
/// What a digest of each body costs: the same chunked upload to servers that compute none, one or both, in turn, in one run.
/// </summary>
internal static class DigestCost
{
    private static readonly string[] _variants = ["None", "Sha256", "Sha512", "Sha256, Sha512"];

    public static async Task RunAsync(int megabytes, int rounds)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), CancellationToken.None);
        await new BlobContainerClient(azurite.ConnectionString, "bench").CreateAsync();
        var body = new RepeatedBytes((long)megabytes * 1_000_000);
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var compute in _variants)
            {
                servers.Add(await ServerProcess.StartAsync(
                    new ServerSettings
                    {
                        ConnectionString = azurite.ConnectionString,
                        Containers = ["bench"],
                        IsMeasured = true,
                        More = new Dictionary<string, string> { ["Sluice:Digests:Compute"] = compute },
                    },
                    CancellationToken.None));
            }

            var seconds = _variants.Select(static _ => new List<double>()).ToArray();
            for (var round = 0; round <= rounds; round++)
            {
                for (var i = 0; i < servers.Count; i++)
                {
                    // Each round begins with another one, so that none always follows the same.
                    var at = (i + round) % servers.Count;
                    var cpu = await MeasureAsync(servers[at], body) / megabytes * 100;
                    if (round > 0)
                    {
                        seconds[at].Add(cpu);
                    }
                }
            }

            Console.WriteLine(
                $"CPU of the server per 100 MB, {rounds} rounds of {megabytes} MB in turn; "
                    + $"differences and ratios are medians of those of each round.");
            Console.WriteLine("| Compute | CPU, median (lowest to highest) | more than None | ratio |\n| --- | --- | --- | --- |");
            for (var i = 0; i < servers.Count; i++)
            {
                var more = seconds[i].Zip(seconds[0], static (some, none) => some - none).ToList();
                var ratio = seconds[i].Zip(seconds[0], static (some, none) => some / none).ToList();
                Console.WriteLine(
                    $"| `{_variants[i]}` | {Median(seconds[i]):0.000} s ({seconds[i].Min():0.000} to {seconds[i].Max():0.000}) | "
                        + $"{Median(more):0.000} s | {Median(ratio):0.00} |");
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static async Task<double> MeasureAsync(ServerProcess server, RepeatedBytes body)
    {
        using var client = server.CreateClient();
        using var process = Process.GetProcessById(server.ProcessId);
        var before = process.TotalProcessorTime;
        await Throughput.PutAsync(client, body);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
