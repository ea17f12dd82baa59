using System.Diagnostics;
using System.Net;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.Server.DevelopmentStorage;

namespace Sluice.Benchmarks;

/// <summary>
/// One body with a declared length by a plain PUT, as a resumable upload (tus) in one PATCH, and in appends of 16 MiB; to one server, in turn, in one
/// run. Both of the first hash it; appends are hashed by nobody.
/// </summary>
internal static class ResumableComparison
{
    private static readonly (string Name, Func<HttpClient, long, Task> Run)[] _variants =
    [
        ("PUT", PutAsync),
        ("tus, one PATCH", static (client, bytes) => AppendAsync(client, bytes, bytes)),
        ("tus, appends of 16 MiB", static (client, bytes) => AppendAsync(client, bytes, 16 << 20)),
    ];

    public static async Task RunAsync(int megabytes, int rounds)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), CancellationToken.None);
        await new BlobContainerClient(azurite.ConnectionString, "bench").CreateAsync();
        await using var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = ["bench"],
                More = new Dictionary<string, string>
                {
                    ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
                    ["Sluice:Resumable:Name"] = "{filename}",
                    ["Sluice:Resumable:Overwrite"] = "true",
                },
            },
            CancellationToken.None);
        using var client = server.CreateClient();
        using var process = Process.GetProcessById(server.ProcessId);

        var results = _variants.Select(static _ => new List<(double Rate, double Cpu)>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < _variants.Length; i++)
            {
                // Each round begins with another one, so that none always follows the same.
                var at = (i + round) % _variants.Length;
                var (before, began) = (Cpu(process), Stopwatch.GetTimestamp());
                await _variants[at].Run(client, megabytes * 1_000_000L);
                var rate = megabytes / Stopwatch.GetElapsedTime(began).TotalSeconds;
                if (round > 0)
                {
                    results[at].Add((rate, (Cpu(process) - before).TotalSeconds / megabytes * 100));
                }
            }
        }

        Console.WriteLine($"{megabytes} MB, {rounds} rounds in turn, medians (lowest to highest); the ratio to PUT is of the rounds' own.\n");
        Console.WriteLine("| | MB/s | ratio to PUT | CPU of the server per 100 MB |\n| --- | --- | --- | --- |");
        foreach (var ((name, _), rows) in _variants.Zip(results))
        {
            var ratios = rows.Zip(results[0], static (own, put) => own.Rate / put.Rate);
            Console.WriteLine($"| {name} | {Spread(rows.Select(static row => row.Rate), "0.0")} | {Spread(ratios, "0.00")} | {Spread(rows.Select(static row => row.Cpu), "0.00")} |");
        }
    }

    private static async Task PutAsync(HttpClient client, long bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/blobs/bench/put") { Content = new RepeatedBytes(bytes).ToContent(declared: true) };
        using var answer = await SendAsync(client, request, HttpStatusCode.Created);
    }

    private static async Task AppendAsync(HttpClient client, long bytes, long appendBytes)
    {
        using var creation = Tus(HttpMethod.Post, "api/files", "Upload-Length", bytes);
        using var created = await SendAsync(client, creation, HttpStatusCode.Created);
        for (long offset = 0; offset < bytes; offset += appendBytes)
        {
            using var append = Tus(HttpMethod.Patch, $"{created.Headers.Location}", "Upload-Offset", offset);
            append.Content = new RepeatedBytes(Math.Min(appendBytes, bytes - offset)).ToContent(declared: true);
            append.Content.Headers.ContentType = new("application/offset+octet-stream");
            using var appended = await SendAsync(client, append, HttpStatusCode.NoContent);
        }
    }

    private static HttpRequestMessage Tus(HttpMethod method, string path, string field, long value) =>
        new(method, path) { Headers = { { "Tus-Resumable", "1.0.0" }, { field, $"{value}" } } };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode expected)
    {
        var answer = await client.SendAsync(request);
        return answer.StatusCode == expected ? answer : throw new InvalidOperationException($"{request.Method}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        return $"{sorted[sorted.Count / 2].ToString(format)} ({sorted[0].ToString(format)} to {sorted[^1].ToString(format)})";
    }
}
