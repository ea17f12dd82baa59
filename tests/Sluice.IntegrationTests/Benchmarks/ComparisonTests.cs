using System.Diagnostics;
using Sluice.Testing;

namespace Sluice.IntegrationTests.Benchmarks;

/// <summary>The comparison of docs/performance.md works: small, and with figures that mean nothing.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public async Task Every_chapter_runs_to_its_end()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(
            AppContext.BaseDirectory, "..", "..", "..", "..", "Sluice.Benchmarks", "bin", configuration, "net10.0",
            "Sluice.Benchmarks.dll");
        using var process = Process.Start(new ProcessStartInfo(ChildProcess.Dotnet, [Path.GetFullPath(program), "compare", "quick"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (
                process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
            Assert.All(
                (string[])[
                    "Uploads of one large body", "Relay of one large body", "Many small bodies", "Downloads", "Resumable uploads",
                    "Many at once", "Memory"],
                chapter => Assert.Contains(chapter, output.Result, StringComparison.Ordinal));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
