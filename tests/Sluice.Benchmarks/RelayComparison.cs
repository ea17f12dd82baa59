using System.Diagnostics;
using System.Globalization;
using Sluice.IntegrationTests.Hosting;
using Sluice.Testing;

namespace Sluice.Benchmarks;

/// <summary>
/// One body through Sluice's relay, through plain YARP, and through those of nginx, HAProxy and Caddy that are installed, in turn, in one run on
/// loopback; throughput, and processor time of the proxy.
/// </summary>
internal static class RelayComparison
{
    private const string Path = "/api/relay/bench/in";

    public static async Task RunAsync(int megabytes, int rounds)
    {
        var downstream = RawHttp.Listen();
        await using var sluice = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = "BlobEndpoint=http://127.0.0.1:9/none;AccountName=none;AccountKey=bm9uZQ==",
                Containers = ["none"],
                More = new Dictionary<string, string> { ["Sluice:Relay:Targets:bench:Address"] = $"http://127.0.0.1:{downstream}" },
            },
            CancellationToken.None);
        using var server = Process.GetProcessById(sluice.ProcessId);
        var contenders = new List<(string Name, int Port, Func<double> Cpu, IDisposable? Process)>
        {
            ("Sluice", sluice.Address.Port, () => Cpu(server), null),
        };
        foreach (var (name, start) in Others(downstream))
        {
            var port = ProxyProcess.FreePort();
            if (await start(port) is { } proxy)
            {
                contenders.Add((name, port, () => proxy.CpuSeconds, proxy));
            }
            else
            {
                Console.WriteLine($"{name} is not installed.");
            }
        }

        try
        {
            Print(await MeasureAsync(contenders, megabytes, rounds), megabytes, rounds);
        }
        finally
        {
            contenders.ForEach(static contender => contender.Process?.Dispose());
        }
    }

    private static async Task<Dictionary<string, List<(double Rate, double Cpu)>>> MeasureAsync(
        List<(string Name, int Port, Func<double> Cpu, IDisposable? Process)> contenders, int megabytes, int rounds)
    {
        var results = contenders.ToDictionary(static contender => contender.Name, static _ => new List<(double Rate, double Cpu)>());
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, port, cpu, _) in contenders)
            {
                var (before, began) = (cpu(), Stopwatch.GetTimestamp());
                await RawHttp.PutAsync(port, Path, megabytes * 1_000_000L);
                var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                if (round >= 0)
                {
                    results[name].Add((megabytes / seconds, (cpu() - before) * 100 / megabytes));
                }
            }
        }

        return results;
    }

    private static void Print(Dictionary<string, List<(double Rate, double Cpu)>> results, int megabytes, int rounds)
    {
        Console.WriteLine($"{megabytes} MB with Content-Length, {rounds} rounds, medians. The ratio to plain YARP is the median of the rounds' own.\n");
        Console.WriteLine("| | MB/s | CPU s per 100 MB | CPU, ratio to plain YARP |\n| --- | --- | --- | --- |");
        foreach (var (name, rows) in results)
        {
            var ratio = Median(rows.Zip(results["plain YARP"], static (own, yarp) => own.Cpu / yarp.Cpu));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(rows.Select(static row => row.Rate)):0} | {Median(rows.Select(static row => row.Cpu)):0.00} | {ratio:0.00} |"));
        }
    }

    private static IEnumerable<(string Name, Func<int, Task<ProxyProcess?>> Start)> Others(int downstream)
    {
        yield return ("plain YARP", port => ProxyProcess.StartAsync(
            ChildProcess.Dotnet, port, "", typeof(RelayComparison).Assembly.Location, "yarp", $"{port}", $"http://127.0.0.1:{downstream}"));
        yield return ("nginx", port => ProxyProcess.StartAsync("nginx", port, $$"""
            daemon off; master_process off; error_log stderr error; pid {folder}/pid;
            events { worker_connections 64; }
            http {
              access_log off; client_max_body_size 0; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
              server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://127.0.0.1:{{downstream}}; proxy_http_version 1.1; proxy_request_buffering off; } }
            }
            """, "-c", "{file}"));
        yield return ("HAProxy", port => ProxyProcess.StartAsync("haproxy", port, $$"""
            defaults
              mode http
              timeout connect 10s
              timeout client 60s
              timeout server 60s
            listen bench
              bind 127.0.0.1:{{port}}
              server downstream 127.0.0.1:{{downstream}}

            """, "-db", "-f", "{file}"));
        yield return ("Caddy", port => ProxyProcess.StartAsync("caddy", port, $$"""
            {
              admin off
              auto_https off
              log default {
                level ERROR
              }
            }
            http://:{{port}} {
              bind 127.0.0.1
              reverse_proxy 127.0.0.1:{{downstream}}
            }

            """, "run", "--adapter", "caddyfile", "--config", "{file}"));
    }

    private static double Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
