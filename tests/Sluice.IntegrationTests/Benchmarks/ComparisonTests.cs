using System.Diagnostics;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;
using Sluice.Testing;

namespace Sluice.IntegrationTests.Benchmarks;

/// <summary>The comparison of docs/performance.md works: small, and with figures that mean nothing.</summary>
public sealed partial class ComparisonTests : IDisposable
{
    private static readonly string[] _chapters =
    [
        "Uploads of one large body", "TLS on both sides", "Relay of one large body", "Many small bodies", "Downloads", "Resumable uploads",
        "Many at once", "Memory",
    ];

    private readonly string _docs = Directory.CreateTempSubdirectory("sluice-docs-").FullName;

    private string Page => Path.Combine(_docs, "performance.md");

    [Fact]
    public async Task Every_chapter_runs_to_its_end_and_is_written()
    {
        await File.WriteAllTextAsync(Page, "# Before\n<!-- compare --><!-- /compare -->\nAfter\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(_docs, "images"));

        var page = await CompareAsync();

        Assert.Equal(_chapters, Titles(page));
        Assert.Equal(_chapters.Length, Measured().Count(page));
        Assert.StartsWith("# Before\n<!-- compare -->\n\n### ", page, StringComparison.Ordinal);
        Assert.EndsWith("\n\n<!-- /compare -->\nAfter\n", page, StringComparison.Ordinal);
        Assert.Equal(
            ["memory-of-one-upload.svg", "small-bodies.svg"],
            Directory.EnumerateFiles(Path.Combine(_docs, "images")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Only_the_chapters_that_ran_are_replaced()
    {
        const string Before =
            """
            <!-- compare -->

            What is to be known of all.

            ### Of another time

            Kept, too.

            ### Downloads

            An old figure.

            ### Uploads of one large body

            Kept.

            <!-- /compare -->

            """;
        await File.WriteAllTextAsync(Page, Before, TestContext.Current.CancellationToken);

        var page = await CompareAsync("downloads");

        Assert.Equal(["Uploads of one large body", "Downloads", "Of another time"], Titles(page));
        Assert.StartsWith(
            "<!-- compare -->\n\nWhat is to be known of all.\n\n### Uploads of one large body\n\nKept.\n\n### Downloads\n\nA blob of ",
            page, StringComparison.Ordinal);
        Assert.EndsWith("\n\n### Of another time\n\nKept, too.\n\n<!-- /compare -->\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("An old figure.", page, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_docs, recursive: true);

    private static IEnumerable<string> Titles(string page) =>
        page.Split('\n').Where(static line => line.StartsWith("### ", StringComparison.Ordinal)).Select(static line => line[4..]);

    private async Task<string> CompareAsync(params string[] chapters)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Repository.PathOf($"tests/Sluice.Benchmarks/bin/{configuration}/net10.0/Sluice.Benchmarks.dll");
        string[] arguments = [program, "compare", "quick", "docs", _docs, .. chapters];
        using var process = Process.Start(new ProcessStartInfo(ChildProcess.Dotnet, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var token = TestContext.Current.CancellationToken;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await process.WaitForExitAsync(token);
            Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
            return await File.ReadAllTextAsync(Page, token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"^Measured on \d{4}-\d\d-\d\d: \d+ cores, .+, \.NET 10\..+\.$", RegexOptions.Multiline)]
    private static partial Regex Measured();
}
