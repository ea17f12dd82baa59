using System.Diagnostics;
using System.Reflection;

namespace Infra.Tests;

/// <summary>The Bicep compiler that came as a package.</summary>
internal static class BicepCli
{
    private static readonly string? _path = Metadata("BicepPath")?.Replace('\\', Path.DirectorySeparatorChar);

    /// <summary>The platform whose package the build referred to; empty if there is none.</summary>
    public static string Platform { get; } = Metadata("BicepPlatform") ?? "";

    public static bool IsHere { get; } = File.Exists(_path);

    public static string WhyNot =>
        $"NOT TESTED: there is no Bicep compiler here (platform '{Platform}', path '{_path}'). Build with BICEP=/path/to/bicep to use an installed one.";

    /// <summary>Runs it, and returns what it complains of: nothing, if all is well.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(_path!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        // Nobody's environment reaches what is tested: main.bicepparam reads variables of azd.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("AZURE_", StringComparison.Ordinal) || name.StartsWith("SLUICE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        // It runs for seconds, and code that is compiled again after it has been observed pays later: a fifth of its CPU time.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await errors : $"bicep {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{await errors}{await output}";
    }

    private static string? Metadata(string key) => typeof(BicepCli).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
