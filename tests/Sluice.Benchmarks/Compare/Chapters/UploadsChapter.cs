namespace Sluice.Benchmarks.Compare;

/// <summary>One large body into a blob.</summary>
internal sealed class UploadsChapter() : Chapter("uploads", "Uploads of one large body")
{
    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var storage = new DiscardingBlobService();
        var peers = new Peers(storage);
        await using var shipped = await peers.SluiceAsync();
        await using var bare = await peers.SluiceAsync(("Sluice:Digests:Compute", "None"));
        await using var app = await peers.SdkAppAsync();
        await using var rclone = await peers.RcloneAsync();
        report.Begin(
            Title,
            $"{size.LargeBytes / 1_000_000} MB to a blob, {size.Rounds} rounds in turn; medians (lowest to highest). "
            + "\"CPU\" is the peer's processor time, user and system, in seconds per 100 MB.",
            peers.Versions);
        BothFramings(size, report, Installed(
            ("Sluice, as shipped (SHA-256)", shipped, $"/api/blobs/{Container}/x"),
            ("Sluice, digests off", bare, $"/api/blobs/{Container}/x"),
            ("`BlobClient.UploadAsync`", app, "/upload/x"),
            ("`BlobClient.OpenWriteAsync`", app, "/write/x"),
            ("`rclone serve webdav`", rclone, "/x")));
        if (rclone is not null)
        {
            report.Note(
                "rclone streams (`--vfs-cache-mode off`) in blocks of 4 MiB, up to 16 at once, without a file on the disk. "
                + "It computes an MD5 of each body.");
        }

        Alone(size, report, storage);
    }
}
