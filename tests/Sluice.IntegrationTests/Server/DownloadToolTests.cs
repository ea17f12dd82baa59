using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Server;

/// <summary>Programs that copy files, where they are installed.</summary>
[Collection<OnDefaultServer>]
public sealed class DownloadToolTests(RunningServer server)
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

    // What it says, on either stream.
    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var run = await Command.RunAsync(program, arguments, folder, "", ("no_proxy", "*"));
        return run.Succeeded() + run.Error;
    }
}
