namespace Sluice.Benchmarks.Compare;

/// <summary>Many small bodies: how many, and how long one takes at which rate.</summary>
internal sealed class SmallChapter() : Chapter("small", "Many small bodies")
{
    private const int Connections = 16;

    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await using var shipped = await peers.SluiceAsync();
        await using var bare = await peers.SluiceAsync(("Sluice:Digests:Compute", "None"));
        await using var app = await peers.SdkAppAsync();
        await using var nginx = await peers.NginxAsync();
        report.Begin(
            Title,
            $"1 KiB each, {Connections} connections that are kept, {size.SmallDuration.TotalSeconds} s at a time, {size.Rounds} rounds in "
            + "turn. nginx only passes them on; it is there as the floor. \"CPU\" is milliseconds per request.",
            peers.Versions);
        var contenders = Installed(
            ("Sluice, as shipped (SHA-256)", shipped, $"/api/blobs/{Container}/x"),
            ("Sluice, digests off", bare, $"/api/blobs/{Container}/x"),
            ("`BlobClient.UploadAsync`", app, "/upload/x"),
            ("nginx", nginx, $"{DiscardingBlobService.ContainerPath}/x"));
        var all = InTurn.Run(contenders, size.Rounds, contender => InTurn.Requests(
            contender.Peer, () => HttpLoad.PutSmall(contender.Peer.Listener, contender.Path, Connections, size.SmallDuration)));
        report.Table(
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
            double Slowest(double rate) => HttpLoad
                .PutSmall(contender.Peer.Listener, contender.Path, Connections, size.SmallDuration, rate).Percentile(0.99);
            plot.Add(
                contender.Name.Trim('`'),
                [.. ((double[])[0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9]).Select(share => (share * most, Slowest(share * most)))]);
        }

        report.Picture("small-bodies.svg", "Latency of small bodies by rate", plot);
    }
}
