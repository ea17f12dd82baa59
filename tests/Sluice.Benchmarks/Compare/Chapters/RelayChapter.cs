namespace Sluice.Benchmarks.Compare;

/// <summary>One large body to a service.</summary>
internal sealed class RelayChapter() : Chapter("relay", "Relay of one large body")
{
    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await using var sluice = await peers.SluiceAsync();
        await using var yarp = await peers.YarpAsync();
        await using var nginx = await peers.NginxAsync();
        await using var haproxy = await peers.HaproxyAsync();
        await using var caddy = await peers.CaddyAsync();
        report.Begin(Title, $"{size.LargeBytes / 1_000_000} MB through a relay, {size.Rounds} rounds in turn.", peers.Versions);
        var path = $"{DiscardingBlobService.ContainerPath}/x";
        BothFramings(size, report, Installed(
            ("Sluice", sluice, $"/api/relay/{Peers.Target}/x"),
            ("YARP, its defaults", yarp, path),
            ("nginx", nginx, path),
            ("HAProxy", haproxy, path),
            ("Caddy", caddy, path)));
    }
}
