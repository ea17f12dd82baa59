using System.Diagnostics;
using System.Globalization;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// Sluice beside what people would use instead, into a blob service that is not the bottleneck:
/// <code>
///  HttpLoad  ──►  peer, a process of its own  ──►  DiscardingBlobService
///  threads        its processor time and           throws bytes away
///                 memory are measured
/// </code>
/// All share the cores of one machine, so what is compared is what each peer adds.
/// </summary>
internal sealed class Comparison(ComparisonSize size, Predicate<string> isWanted)
{
    private static readonly string _container = DiscardingBlobService.Container;

    private readonly ComparisonReport _report = new();

    /// <summary>
    /// Runs the chapters that are wanted. With a folder of documentation they are written there, in place of all that were before.
    /// </summary>
    public async Task RunAsync(string? docs)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await ChapterAsync("uploads", () => UploadsAsync(peers, storage));
        await ChapterAsync("relay", () => RelayAsync(peers, storage));
        await ChapterAsync("small", () => SmallAsync(peers, storage));
        await ChapterAsync("downloads", () => DownloadsAsync(peers));
        await ChapterAsync("resumable", () => ResumableAsync(peers));
        await ChapterAsync("many", () => ManyAsync(peers));
        await ChapterAsync("memory", () => MemoryAsync(peers));
        if (docs is not null)
        {
            _report.WriteTo(docs);
        }
    }

    private Task ChapterAsync(string name, Func<Task> run) => isWanted(name) ? run() : Task.CompletedTask;

    private async Task UploadsAsync(Peers peers, DiscardingBlobService storage)
    {
        await using var shipped = await peers.SluiceAsync();
        await using var bare = await peers.SluiceAsync(("Sluice:Digests:Compute", "None"));
        await using var app = await peers.SdkAppAsync();
        _report.Chapter(
            "Uploads of one large body",
            $"{size.LargeBytes / 1_000_000} MB to a blob, {size.Rounds} rounds in turn; medians (lowest to highest). "
            + "\"CPU\" is the peer's processor time, user and system, in seconds per 100 MB.");
        Contender[] contenders =
        [
            new("Sluice, as shipped (SHA-256)", shipped, $"/api/blobs/{_container}/x"),
            new("Sluice, digests off", bare, $"/api/blobs/{_container}/x"),
            new("`BlobClient.UploadAsync`", app!, "/upload/x"),
            new("`BlobClient.OpenWriteAsync`", app!, "/write/x"),
        ];
        BothFramings(contenders, contender => contender.Path);
        var path = $"{DiscardingBlobService.ContainerPath}/x";
        var alone = Enumerable.Range(0, 3)
            .Max(_ => Time(size.LargeBytes, () => HttpLoad.Put(storage.Port, path, size.LargeBytes, Framing.Length)));
        _report.Table(["the blob service by itself", "MB/s"], [["nothing in between, `Content-Length`", $"{alone:0}"]]);
    }

    private async Task RelayAsync(Peers peers, DiscardingBlobService storage)
    {
        await using var sluice = await peers.SluiceAsync();
        await using var yarp = await peers.YarpAsync();
        await using var nginx = await peers.NginxAsync();
        await using var haproxy = await peers.HaproxyAsync();
        await using var caddy = await peers.CaddyAsync();
        _report.Chapter("Relay of one large body", $"{size.LargeBytes / 1_000_000} MB through a relay, {size.Rounds} rounds in turn.");
        var path = $"{DiscardingBlobService.ContainerPath}/x";
        BothFramings(
            Installed(("Sluice", sluice), ("YARP, its defaults", yarp), ("nginx", nginx), ("HAProxy", haproxy), ("Caddy", caddy)),
            contender => contender.Peer == sluice ? $"/api/relay/{Peers.Target}/x" : path);
    }

    private async Task SmallAsync(Peers peers, DiscardingBlobService storage)
    {
        await using var shipped = await peers.SluiceAsync();
        await using var bare = await peers.SluiceAsync(("Sluice:Digests:Compute", "None"));
        await using var app = await peers.SdkAppAsync();
        await using var nginx = await peers.NginxAsync();
        _report.Chapter(
            "Many small bodies",
            $"1 KiB each, 16 connections that are kept, {size.SmallDuration.TotalSeconds} s at a time, {size.Rounds} rounds in turn. "
            + "nginx only passes them on; it is there as the floor. \"CPU\" is milliseconds per request.");
        Contender[] contenders =
        [
            new("Sluice, as shipped (SHA-256)", shipped, $"/api/blobs/{_container}/x"),
            new("Sluice, digests off", bare, $"/api/blobs/{_container}/x"),
            new("`BlobClient.UploadAsync`", app!, "/upload/x"),
            .. nginx is null ? (Contender[])[] : [new("nginx", nginx, $"{DiscardingBlobService.ContainerPath}/x")],
        ];
        var all = InTurn.Run(contenders, size.Rounds, contender =>
            InTurn.Requests(contender.Peer, () => HttpLoad.PutSmall(contender.Peer.Port, contender.Path, 16, size.SmallDuration)));
        _report.Table(
            ["", "requests/s", "CPU ms per request", "p99, ms"],
            contenders.Select(contender => (string[])
            [
                contender.Name, .. SpreadsOf(all[contender.Name], "0", "0.000"),
                ComparisonReport.Spread(all[contender.Name].Select(static run => run.Milliseconds), "0.0"),
            ]));

        var plot = new LinePlot("1 KiB bodies: how long 99 of 100 take, by how many come", "requests a second", "ms") { Most = 40 };
        foreach (var contender in contenders.Where(contender => contender.Peer != nginx))
        {
            var most = InTurn.Median(all[contender.Name].Select(static run => run.PerSecond));
            plot.Add(contender.Name.Trim('`'), [.. ((double[])[0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9]).Select(share =>
                (
                    share * most,
                    HttpLoad.PutSmall(contender.Peer.Port, contender.Path, 16, size.SmallDuration, share * most).Percentile(0.99)))]);
        }

        _report.Picture("small-bodies.svg", "Latency of small bodies by rate", plot);
    }

    private async Task DownloadsAsync(Peers peers)
    {
        await using var sluice = await peers.SluiceAsync();
        await using var app = await peers.SdkAppAsync();
        await using var nginx = await peers.NginxAsync();
        _report.Chapter("Downloads", $"A blob of {size.LargeBytes / 1_000_000} MB, {size.Rounds} rounds in turn.");
        var name = $"x-{size.LargeBytes}";
        Contender[] contenders =
        [
            new("Sluice", sluice, $"/api/blobs/{_container}/{name}"),
            new("`DownloadStreamingAsync`", app!, $"/read/{name}"),
            .. nginx is null ? (Contender[])[] : [new("nginx", nginx, $"{DiscardingBlobService.ContainerPath}/{name}")],
        ];
        var all = InTurn.Run(contenders, size.Rounds, contender =>
            InTurn.Transfer(
                contender.Peer, size.LargeBytes, () => Expect(size.LargeBytes, HttpLoad.Get(contender.Peer.Port, contender.Path))));
        _report.Table(
            ["", "MB/s", "CPU"],
            contenders.Select(contender => (string[])[contender.Name, .. SpreadsOf(all[contender.Name], "0", "0.000")]));
    }

    private async Task ResumableAsync(Peers peers)
    {
        await using var sluice = await peers.SluiceAsync();
        _report.Chapter(
            "Resumable uploads",
            $"{size.LargeBytes / 1_000_000} MB with their length, {size.Rounds} rounds in turn, to one server; "
                + $"all hashed but for the appends.");
        Contender[] contenders = [new("PUT", sluice, ""), new("tus, one PATCH", sluice, ""), new("tus, appends of 16 MiB", sluice, "")];
        var all = InTurn.Run(contenders, size.Rounds, contender => InTurn.Transfer(sluice, size.LargeBytes, () =>
        {
            if (contender == contenders[0])
            {
                HttpLoad.Put(sluice.Port, $"/api/blobs/{_container}/x", size.LargeBytes, Framing.Length);
            }
            else
            {
                Append(sluice.Port, size.LargeBytes, contender == contenders[1] ? size.LargeBytes : 16 << 20);
            }
        }));
        _report.Table(["", "MB/s", "CPU", "MB/s, ratio to PUT"], contenders.Select(contender => (string[])
        [
            contender.Name, .. SpreadsOf(all[contender.Name], "0", "0.000"),
            ComparisonReport.Spread(all[contender.Name].Zip(all["PUT"], static (own, other) => own.PerSecond / other.PerSecond), "0.00"),
        ]));
    }

    private async Task ManyAsync(Peers peers)
    {
        await using var sluice = await peers.SluiceAsync();
        await using var app = await peers.SdkAppAsync();
        _report.Chapter(
            "Many at once",
            $"{size.ManyBytes / 1_000_000} MB in as many bodies at once as the column says (of at least "
            + $"{size.LeastBytes / 1_000_000} MB each), chunked: "
            + $"MB/s of all together. And bodies of 1 KiB on as many connections that are kept: requests a second. "
            + $"Medians of {size.Rounds}.");
        var rows = new List<string[]>();
        (string, Peer, string)[] contenders =
        [
            ("Sluice", sluice, $"/api/blobs/{_container}/x"), ("`BlobClient.UploadAsync`", app!, "/upload/x")
        ];
        foreach (var (name, peer, path) in contenders)
        {
            rows.Add([name + ", MB/s", .. size.Connections.Select(connections => Median(() => PutMany(peer.Port, path, connections)))]);
            rows.Add([name + ", requests/s", .. size.Connections.Select(connections =>
                Median(() => HttpLoad.PutSmall(peer.Port, path, connections, size.SmallDuration).PerSecond))]);
        }

        _report.Table(["", .. size.Connections.Select(static connections => $"{connections}")], rows);
    }

    private async Task MemoryAsync(Peers peers)
    {
        var plot = new LinePlot(
            $"Resident memory while {size.MemoryBytes / 1_000_000} MB are uploaded, from a fresh process on", "seconds",
            "MB above where it began");
        var rows = new List<string[]>();
        foreach (var (name, path, start) in ((string, string, Func<Task<Peer?>>)[])
        [
            ("Sluice", $"/api/blobs/{_container}/x", async () => await peers.SluiceAsync()),
            ("BlobClient.UploadAsync", "/upload/x", peers.SdkAppAsync),
            ("BlobClient.OpenWriteAsync", "/write/x", peers.SdkAppAsync),
            ("nginx", $"{DiscardingBlobService.ContainerPath}/x", peers.NginxAsync),
        ])
        {
            await using var peer = await start();
            if (peer is null)
            {
                continue;
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
            var baseBytes = peer.ResidentBytes;
            List<(double, double)> points = [(0, 0)];
            var began = Stopwatch.GetTimestamp();
            var upload = Task.Factory.StartNew(
                () => HttpLoad.Put(peer.Port, path, size.MemoryBytes, Framing.Chunked), TaskCreationOptions.LongRunning);
            while (!upload.IsCompleted)
            {
                Thread.Sleep(20);
                points.Add((Stopwatch.GetElapsedTime(began).TotalSeconds, Math.Max(0, (peer.ResidentBytes - baseBytes) / 1e6)));
            }

            await upload;
            plot.Add(name, points);
            rows.Add([name, $"{baseBytes / 1e6:0}", points.Max(static point => point.Item2).ToString("0.0", CultureInfo.InvariantCulture)]);
        }

        _report.Chapter(
            "Memory",
            $"One body of {size.MemoryBytes / 1_000_000} MB, chunked, as the first request of a fresh process; MB are 10^6 bytes.");
        _report.Table(["", "before it, MB", "peak above that, MB"], rows);
        _report.Picture("memory-of-one-upload.svg", "Resident memory over time", plot);
    }

    private void BothFramings(IReadOnlyList<Contender> contenders, Func<Contender, string> path)
    {
        var results = Enum.GetValues<Framing>().ToDictionary(
            static framing => framing, framing => InTurn.Run(contenders, size.Rounds, contender =>
                InTurn.Transfer(
                    contender.Peer, size.LargeBytes, () => HttpLoad.Put(contender.Peer.Port, path(contender), size.LargeBytes, framing))));
        _report.Table(
            ["", "MB/s, with length", "CPU", "MB/s, chunked", "CPU"],
            contenders.Select(contender =>
                (string[])[contender.Name, .. results.Values.SelectMany(all => SpreadsOf(all[contender.Name], "0", "0.000"))]));
    }

    private double PutMany(int port, string path, int connections)
    {
        var bytes = Math.Max(size.LeastBytes, size.ManyBytes / connections);
        return Time(bytes * connections, () => Parallel(connections, index => HttpLoad.Put(port, path + index, bytes, Framing.Chunked)));
    }

    private string Median(Func<double> measure) =>
        InTurn.Median([.. Enumerable.Range(0, size.Rounds).Select(_ => measure())]).ToString("0", CultureInfo.InvariantCulture);

    private static void Append(int port, long bytes, long appendBytes)
    {
        const string Version = "Tus-Resumable: 1.0.0\r\n";
        var location = new Uri(
            HttpLoad.Ask(port, "POST", "/api/files", $"{Version}Upload-Length: {bytes}\r\n", "Location")!, UriKind.RelativeOrAbsolute);
        var path = location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
        for (long offset = 0; offset < bytes; offset += appendBytes)
        {
            var fields = $"{Version}Upload-Offset: {offset}\r\n";
            HttpLoad.Put(
                port, path, Math.Min(appendBytes, bytes - offset), Framing.Length, "PATCH", "application/offset+octet-stream", fields);
        }
    }

    private static Contender[] Installed(params (string Name, Peer? Peer)[] peers) =>
        [.. peers.Where(static peer => peer.Peer is not null).Select(static peer => new Contender(peer.Name, peer.Peer!, ""))];

    private static string[] SpreadsOf(List<Figures> runs, string rate, string cpu) =>
        [
            ComparisonReport.Spread(runs.Select(static run => run.PerSecond), rate),
            ComparisonReport.Spread(runs.Select(static run => run.Cpu), cpu)
        ];

    private static double Time(long bytes, Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return bytes / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Parallel(int count, Action<int> run) =>
        Task.WaitAll(
        [
            .. Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(() => run(index), TaskCreationOptions.LongRunning))
        ]);

    private static void Expect(long expected, long actual)
    {
        if (expected != actual)
        {
            throw new InvalidOperationException($"{actual} bytes came instead of {expected}.");
        }
    }
}
