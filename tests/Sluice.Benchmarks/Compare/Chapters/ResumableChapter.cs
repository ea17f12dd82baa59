namespace Sluice.Benchmarks.Compare;

/// <summary>One large body by tus, in one request and in several.</summary>
internal sealed class ResumableChapter() : Chapter("resumable", "Resumable uploads")
{
    private const long AppendBytes = 16 << 20;

    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await using var sluice = await peers.SluiceAsync();
        await using var other = await peers.TusServerAsync();
        report.Begin(
            Title,
            $"{size.LargeBytes / 1_000_000} MB with their length, {size.Rounds} rounds in turn. Sluice hashes all but the appends.",
            peers.Versions);

        const string Put = "Sluice, PUT";
        (string Name, Peer? Peer, string Path, long AppendBytes)[] rows =
        [
            (Put, sluice, $"/api/blobs/{Container}/x", 0),
            ("Sluice, tus, one PATCH", sluice, "/api/files", size.LargeBytes),
            ("Sluice, tus, appends of 16 MiB", sluice, "/api/files", AppendBytes),
            ("@tus/server, one PATCH", other, "/files", size.LargeBytes),
            ("@tus/server, appends of 16 MiB", other, "/files", AppendBytes),
        ];
        var contenders = Installed([.. rows.Select(static row => (row.Name, row.Peer, row.Path))]);
        var all = InTurn.Run(contenders, size.Rounds, contender => InTurn.Transfer(contender.Peer, size.LargeBytes, () =>
        {
            if (contender.Name == Put)
            {
                HttpLoad.Put(contender.Peer.Listener, contender.Path, size.LargeBytes, Framing.Length);
            }
            else
            {
                var appendBytes = rows.Single(row => row.Name == contender.Name).AppendBytes;
                Append(contender.Peer.Listener, contender.Path, size.LargeBytes, appendBytes);
            }
        }));
        report.Table(["", "MB/s", "CPU", "MB/s, ratio to PUT"], contenders.Select(contender => (string[])
        [
            contender.Name, .. SpreadsOf(all[contender.Name], "0", "0.000"),
            ComparisonReport.Spread(all[contender.Name].Zip(all[Put], static (own, put) => own.PerSecond / put.PerSecond), "0.00"),
        ]));
        if (other is not null)
        {
            report.Note(
                "@tus/azure-store keeps the body of each request in memory and sends it as one Append Block. After these rounds its "
                + $"process had {other.ResidentBytes / 1_000_000} MB, that of Sluice {sluice.ResidentBytes / 1_000_000}. Azure takes at most "
                + "100 MiB in one Append Block, so there the row with one PATCH would fail; the blob service here takes any. Sluice sends "
                + "blocks of 1 MiB, each with a checksum.");
        }
    }

    private static void Append(Listener to, string endpoint, long bytes, long appendBytes)
    {
        const string Version = "Tus-Resumable: 1.0.0\r\n";
        var answered = HttpLoad.Ask(to, "POST", endpoint, $"{Version}Upload-Length: {bytes}\r\n", "Location")!;
        var location = new Uri(answered, UriKind.RelativeOrAbsolute);
        var path = location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
        for (long offset = 0; offset < bytes; offset += appendBytes)
        {
            var fields = $"{Version}Upload-Offset: {offset}\r\n";
            HttpLoad.Put(
                to, path, Math.Min(appendBytes, bytes - offset), Framing.Length, "PATCH", "application/offset+octet-stream", fields);
        }
    }
}
