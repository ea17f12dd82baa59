namespace Sluice.Benchmarks.Compare;

/// <summary>One large blob, read.</summary>
internal sealed class DownloadsChapter() : Chapter("downloads", "Downloads")
{
    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await using var sluice = await peers.SluiceAsync();
        await using var app = await peers.SdkAppAsync();
        await using var nginx = await peers.NginxAsync();
        report.Begin(Title, $"A blob of {size.LargeBytes / 1_000_000} MB, {size.Rounds} rounds in turn.", peers.Versions);
        var name = $"x-{size.LargeBytes}";
        var contenders = Installed(
            ("Sluice", sluice, $"/api/blobs/{Container}/{name}"),
            ("`DownloadStreamingAsync`", app, $"/read/{name}"),
            ("nginx", nginx, $"{DiscardingBlobService.ContainerPath}/{name}"));
        var all = InTurn.Run(contenders, size.Rounds, contender => InTurn.Transfer(
            contender.Peer, size.LargeBytes, () => Expect(size.LargeBytes, HttpLoad.Get(contender.Peer.Listener, contender.Path))));
        report.Table(
            ["", "MB/s", "CPU"],
            contenders.Select(contender => (string[])[contender.Name, .. SpreadsOf(all[contender.Name], "0", "0.000")]));
    }

    private static void Expect(long expected, long actual)
    {
        if (expected != actual)
        {
            throw new InvalidOperationException($"{actual} bytes came instead of {expected}.");
        }
    }
}
