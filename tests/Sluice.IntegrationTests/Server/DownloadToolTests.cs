using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Server;

/// <summary>Programs that copy files, where they are installed.</summary>
[Collection<OnDefaultServer>]
public sealed partial class DownloadToolTests(RunningServer server)
{
    private const int Bytes = 6_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wget_stores_a_file_and_goes_on_with_a_download_that_broke_off()
    {
        Assert.SkipUnless(Command.IsThere("wget"), "wget is not installed.");
        using var file = new LocalFile("by wget.bin", Bytes);
        var url = server.Address().GetLeftPart(UriPartial.Authority) + server.PathOf("by wget.bin");
        var folder = Path.GetDirectoryName(file.Path)!;

        await RunAsync("wget", folder, "--no-proxy", "--method=PUT", $"--body-file={file.Path}", "-O", "receipt.json", url);
        var half = Path.Combine(folder, "half.bin");
        await File.WriteAllBytesAsync(half, file.Content[..(Bytes / 2)], Token);
        var log = await RunAsync("wget", folder, "--no-proxy", "--server-response", "--continue", "-O", half, url);

        Assert.Contains("206 Partial Content", log, StringComparison.Ordinal);
        Payload.AssertSame(file.Content, await File.ReadAllBytesAsync(half, Token));
    }

    [Fact]
    public async Task Rclone_reads_a_file_in_pieces_at_once()
    {
        Assert.SkipUnless(Command.IsThere("rclone"), "rclone is not installed.");
        using var file = new LocalFile("by rclone.bin", Bytes);
        using var stored = await server.PutAsync("by rclone.bin", Payload.Content(file.Content));
        Assert.Equal(201, (int)stored.StatusCode);
        var folder = Path.GetDirectoryName(file.Path)!;
        var container = server.Address().GetLeftPart(UriPartial.Authority) + $"/api/blobs/{server.Container.Name}/";

        var log = await RunAsync(
            "rclone", folder, "copyto", "-vv", "--config", Path.Combine(folder, "none"), "--http-url", container,
            "--multi-thread-cutoff", "1M", "--multi-thread-streams", "4", ":http:by rclone.bin", "copy.bin");

        Assert.Contains("multi-thread copy", log, StringComparison.Ordinal);
        Payload.AssertSame(file.Content, await File.ReadAllBytesAsync(Path.Combine(folder, "copy.bin"), Token));
    }

    // 16 MiB in ranges of at least 1 MiB. It checks the digest of the whole.
    [Fact]
    public async Task Aria2_reads_a_file_by_eight_connections_at_once()
    {
        Assert.SkipUnless(Command.IsThere("aria2c"), "aria2 is not installed.");
        using var file = await StoredAsync("by aria2.bin", 16 << 20);
        var folder = Path.GetDirectoryName(file.Path)!;

        var log = await RunAsync("aria2c", folder, [.. Aria2(file), "-x8", "-s8", "-k1M"]);

        Assert.InRange(Ranges(log).Distinct().Count(), 8, int.MaxValue);
        Payload.AssertSame(file.Content, await File.ReadAllBytesAsync(Path.Combine(folder, "copy.bin"), Token));
    }

    [Fact]
    public async Task Aria2_goes_on_with_a_download_that_was_killed()
    {
        Assert.SkipUnless(Command.IsThere("aria2c"), "aria2 is not installed.");
        using var file = await StoredAsync("by aria2 in two.bin", Bytes);
        var folder = Path.GetDirectoryName(file.Path)!;
        var copy = Path.Combine(folder, "copy.bin");

        // Beside the copy it keeps a file that says what has come, and writes it again every second.
        using (var first = Process.Start(
            new ProcessStartInfo("aria2c", [.. Aria2(file), "--max-download-limit=256K", "--auto-save-interval=1"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            })!)
        {
            var log = first.StandardOutput.ReadToEndAsync(Token);
            byte[]? begun = null;
            for (var began = Stopwatch.GetTimestamp(); begun is null || begun.SequenceEqual(Kept()!);)
            {
                Assert.False(first.HasExited || Stopwatch.GetElapsedTime(began) > SluiceFixture.Patience, "It did not come so far.");
                await Task.Delay(20, Token);
                begun ??= Kept();
            }

            first.Kill();
            await log;
        }

        var again = await RunAsync("aria2c", folder, [.. Aria2(file), "--continue"]);

        Assert.InRange(Assert.Single(Ranges(again)), 1, Bytes - 1);
        Payload.AssertSame(file.Content, await File.ReadAllBytesAsync(copy, Token));

        byte[]? Kept() => File.Exists($"{copy}.aria2") ? File.ReadAllBytes($"{copy}.aria2") : null;
    }

    private async Task<LocalFile> StoredAsync(string name, int bytes)
    {
        var file = new LocalFile(name, bytes);
        using var stored = await server.PutAsync(name, Payload.Content(file.Content));
        Assert.Equal(201, (int)stored.StatusCode);
        return file;
    }

    private string[] Aria2(LocalFile file) =>
    [
        "--no-conf", "--all-proxy=", "--http-proxy=", "--file-allocation=none", "--disk-cache=0", "--out=copy.bin", "--log=-",
        "--log-level=info",
        $"--checksum=sha-256={Convert.ToHexStringLower(SHA256.HashData(file.Content))}",
        server.Address().GetLeftPart(UriPartial.Authority) + server.PathOf(Path.GetFileName(file.Path)),
    ];

    // Where the requested ranges begin.
    private static IEnumerable<long> Ranges(string log) => Range().Matches(log).Select(static range =>
        long.Parse(range.Groups["first"].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^Range: bytes=(?<first>\d+)-", RegexOptions.Multiline)]
    private static partial Regex Range();

    // What it says, on either stream.
    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var run = await Command.RunAsync(program, arguments, folder, "", ("no_proxy", "*"));
        return run.Succeeded() + run.Error;
    }
}
