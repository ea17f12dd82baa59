using System.Globalization;

namespace Sluice.Benchmarks.Compare;

/// <summary>Large and small bodies, by how many come at once.</summary>
internal sealed class ManyChapter() : Chapter("many", "Many at once")
{
    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await using var sluice = await peers.SluiceAsync();
        await using var app = await peers.SdkAppAsync();
        report.Begin(
            Title,
            $"{size.ManyBytes / 1_000_000} MB in as many bodies at once as the column says (of at least {size.LeastBytes / 1_000_000} MB "
            + "each), chunked: MB/s of all together. And bodies of 1 KiB on as many connections that are kept: requests a second. "
            + $"Medians of {size.Rounds}.",
            peers.Versions);
        var rows = new List<string[]>();
        foreach (var (name, peer, path) in Installed(
            ("Sluice", sluice, $"/api/blobs/{Container}/x"), ("`BlobClient.UploadAsync`", app, "/upload/x")))
        {
            string Median(Func<double> measure) =>
                InTurn.Median([.. Enumerable.Range(0, size.Rounds).Select(_ => measure())]).ToString("0", CultureInfo.InvariantCulture);
            rows.Add([name + ", MB/s", .. size.Connections.Select(count => Median(() => PutMany(size, peer.Listener, path, count)))]);
            rows.Add([name + ", requests/s", .. size.Connections.Select(count =>
                Median(() => HttpLoad.PutSmall(peer.Listener, path, count, size.SmallDuration).PerSecond))]);
        }

        report.Table(["", .. size.Connections.Select(static connections => $"{connections}")], rows);
    }

    private static double PutMany(ComparisonSize size, Listener to, string path, int connections)
    {
        var bytes = Math.Max(size.LeastBytes, size.ManyBytes / connections);
        return InTurn.MegabytesPerSecond(
            bytes * connections, () => Parallel(connections, index => HttpLoad.Put(to, path + index, bytes, Framing.Chunked)));
    }

    private static void Parallel(int count, Action<int> run) => Task.WaitAll(
        [.. Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(() => run(index), TaskCreationOptions.LongRunning))]);
}
