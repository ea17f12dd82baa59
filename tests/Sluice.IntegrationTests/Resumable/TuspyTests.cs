using System.Globalization;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Samples;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>tuspy, where it is installed: the client of tus for Python.</summary>
[Collection<OnFilesServer>]
public sealed class TuspyTests(FilesServer server)
{
    private const int Bytes = 3_000_000;

    [Fact]
    public async Task What_tuspy_uploads_in_each_of_its_ways_is_stored()
    {
        Assert.SkipUnless(Command.IsThere("python3"), "Python is not installed.");
        var folder = Repository.PathOf("tests/Sluice.IntegrationTests/Resumable/tuspy");
        var found = await Command.RunAsync("python3", ["-c", "import tusclient"], folder);
        Assert.SkipUnless(found.ExitCode == 0, "tuspy is not installed.");
        using var file = new LocalFile("by tuspy.bin", Bytes);
        // In the first request that carries this many bytes at once: that of the third way.
        await using var wire = new CuttingProxy(server.Address(), (3 * Bytes) - (Bytes / 3));

        var run = await Command.RunAsync(
            "python3", ["upload.py", new Uri(wire.Address, FilesServer.Files).AbsoluteUri, file.Path], folder, "",
            ("no_proxy", "127.0.0.1"), ("PYTHONDONTWRITEBYTECODE", "1"));

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Error}");
        Assert.True(wire.HasCut);
        var ways = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')).ToList();
        Assert.Equal(["plain", "checked", "broken", "async"], ways.Select(static way => way[0]));
        Assert.Equal($"{Bytes / 2}", ways[1][2]);
        foreach (var way in ways)
        {
            var complete = await server.TusAsync(HttpMethod.Head, new Uri(way[1]).AbsolutePath);
            Assert.Equal(Bytes.ToString(CultureInfo.InvariantCulture), complete.Header("Upload-Offset"));
            Payload.AssertSame(file.Content, (await server.StoredAsync(complete))!);
        }
    }
}
