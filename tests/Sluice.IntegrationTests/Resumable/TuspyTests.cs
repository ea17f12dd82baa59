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

    private static readonly string _folder = Repository.PathOf("tests/Sluice.IntegrationTests/Resumable/tuspy");

    [Fact]
    public async Task What_tuspy_uploads_in_each_of_its_ways_is_stored()
    {
        var python = await PythonAsync();
        Assert.SkipUnless(python is not null, "tuspy is not installed.");
        using var file = new LocalFile("by tuspy.bin", Bytes);
        // Two ways have sent the file by then: this one breaks the third, the only one that may try again.
        await using var wire = new CuttingProxy(server.Address(), (2 * Bytes) + (Bytes * 2 / 3));

        var run = await Command.RunAsync(
            python, ["upload.py", new Uri(wire.Address, FilesServer.Files).AbsoluteUri, file.Path], _folder, "",
            ("no_proxy", "127.0.0.1"), ("PYTHONDONTWRITEBYTECODE", "1"));

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Error}");
        Assert.True(wire.HasCut);
        // It did not begin again: what was lost is a chunk at most.
        Assert.InRange(wire.SentBytes, 4 * Bytes, (4 * Bytes) + (Bytes / 3));
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

    // A package of the system is for the system's own Python, which need not be the first on the PATH.
    private static async Task<string?> PythonAsync()
    {
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            if (Command.IsThere(python) && (await Command.RunAsync(python, ["-c", "import tusclient"], _folder)).ExitCode == 0)
                return python;
        }

        return null;
    }
}
