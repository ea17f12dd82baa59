using System.Diagnostics;
using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Sluice.IntegrationTests.Hosting;
using Sluice.DevelopmentStorage;

namespace Sluice.Benchmarks;

/// <summary>
/// One body through Sluice into Azurite, against the same bytes staged directly by the SDK (4 blocks of the same size at once), in turn,
/// in one run. Azurite is the bottleneck of both, so what is compared is what Sluice adds.
/// </summary>
internal static class Throughput
{
    private const int BlockBytes = 1 << 20;
    private const int InFlight = 4;

    public static async Task RunAsync(int megabytes, int rounds)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), CancellationToken.None);
        var container = new BlobContainerClient(azurite.ConnectionString, "bench");
        await container.CreateAsync();
        await using var server = await ServerProcess.StartAsync(
            new ServerSettings { ConnectionString = azurite.ConnectionString, Containers = ["bench"], IsMeasured = true },
            CancellationToken.None);
        using var client = server.CreateClient();
        using var process = Process.GetProcessById(server.ProcessId);

        var body = new RepeatedBytes((long)megabytes * 1_000_000);
        List<double> ratios = [], cpu = [], direct = [], sluice = [];
        for (var round = 0; round <= rounds; round++)
        {
            var a = await TimeAsync(() => StageAsync(container.GetBlockBlobClient("direct"), body));
            var before = Cpu(process);
            var b = await TimeAsync(() => PutAsync(client, body));
            var seconds = (Cpu(process) - before).TotalSeconds / megabytes * 100;
            Console.WriteLine(
                $"{(round == 0 ? "warm-up" : $"round {round}")}: SDK {megabytes / a:0.0} MB/s, Sluice {megabytes / b:0.0} MB/s, "
                    + $"ratio {a / b:0.00}, server CPU {seconds:0.00} s per 100 MB");
            if (round > 0)
            {
                (ratios, cpu, direct, sluice) = (
                    [.. ratios, a / b], [.. cpu, seconds], [.. direct, megabytes / a], [.. sluice, megabytes / b]);
            }
        }

        Console.WriteLine(
            $"median of {rounds}: SDK {Median(direct):0.0} MB/s, Sluice {Median(sluice):0.0} MB/s, "
                + $"ratio {Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}), server CPU {Median(cpu):0.00} s per 100 MB");
    }

    public static async Task PutAsync(HttpClient client, RepeatedBytes body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/blobs/bench/sluice") { Content = body.ToContent() };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task StageAsync(BlockBlobClient blob, RepeatedBytes body)
    {
        var ids = Enumerable.Range(0, (int)((body.Length + BlockBytes - 1) / BlockBytes))
            .Select(i => Convert.ToBase64String(BitConverter.GetBytes(i)))
            .ToList();
        await Parallel.ForAsync(0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (index, cancellationToken) =>
        {
            await blob.StageBlockAsync(ids[index], body.Slice((long)index * BlockBytes), cancellationToken: cancellationToken);
        });
        await blob.CommitBlockListAsync(ids);
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
