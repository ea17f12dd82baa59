using System.Diagnostics;
using System.Globalization;

namespace Sluice.Benchmarks.Compare;

/// <summary>The memory of one process while one large body passes through it.</summary>
internal sealed class MemoryChapter() : Chapter("memory", "Memory")
{
    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        var plot = new LinePlot(
            $"Resident memory while {size.MemoryBytes / 1_000_000} MB are uploaded, from a fresh process on", "seconds",
            "MB above where it began");
        var rows = new List<string[]>();
        foreach (var (name, path, start) in ((string, string, Func<Task<Peer?>>)[])
        [
            ("Sluice", $"/api/blobs/{Container}/x", async () => await peers.SluiceAsync()),
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
                () => HttpLoad.Put(peer.Listener, path, size.MemoryBytes, Framing.Chunked), TaskCreationOptions.LongRunning);
            while (!upload.IsCompleted)
            {
                Thread.Sleep(20);
                points.Add((Stopwatch.GetElapsedTime(began).TotalSeconds, Math.Max(0, (peer.ResidentBytes - baseBytes) / 1e6)));
            }

            await upload;
            plot.Add(name, points);
            var peak = points.Max(static point => point.Item2);
            rows.Add([name, $"{baseBytes / 1e6:0}", peak.ToString("0.0", CultureInfo.InvariantCulture)]);
        }

        report.Begin(
            Title,
            $"One body of {size.MemoryBytes / 1_000_000} MB, chunked, as the first request of a fresh process; MB are 10^6 bytes.",
            peers.Versions);
        report.Table(["", "before it, MB", "peak above that, MB"], rows);
        report.Picture("memory-of-one-upload.svg", "Resident memory over time", plot);
    }
}
