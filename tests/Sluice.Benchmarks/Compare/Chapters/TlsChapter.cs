namespace Sluice.Benchmarks.Compare;

/// <summary>One large body that comes in TLS and goes on in TLS, as in production.</summary>
internal sealed class TlsChapter() : Chapter("tls", "TLS on both sides")
{
    public override async Task RunAsync(ComparisonSize size, ComparisonReport report)
    {
        using var certificate = new TestCertificate();
        using var storage = new DiscardingBlobService(certificate);
        var peers = new Peers(storage);
        await using var shipped = await peers.SluiceAsync();
        await using var bare = await peers.SluiceAsync(("Sluice:Digests:Compute", "None"));
        await using var app = await peers.SdkAppAsync();
        await using var nginx = await peers.NginxAsync();
        await using var caddy = await peers.CaddyAsync();
        report.Begin(
            Title,
            $"{size.LargeBytes / 1_000_000} MB by HTTPS, passed on by HTTPS, {size.Rounds} rounds in turn. TLS 1.3 with AES-128-GCM "
            + "for all: the client and the blob service take nothing else. Both have to encrypt and decrypt too, on the same cores.",
            peers.Versions);
        var path = $"{DiscardingBlobService.ContainerPath}/x";
        BothFramings(size, report, Installed(
            ("Sluice, as shipped (SHA-256)", shipped, $"/api/blobs/{Container}/x"),
            ("Sluice, digests off", bare, $"/api/blobs/{Container}/x"),
            ("`BlobClient.UploadAsync`", app, "/upload/x"),
            ("Sluice, relay", shipped, $"/api/relay/{Peers.Target}/x"),
            ("nginx", nginx, path),
            ("Caddy", caddy, path)));
        Alone(size, report, storage);
    }
}
