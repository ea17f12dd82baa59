using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Sluice.Benchmarks.Compare;

/// <summary>The names of programs and packages with their versions, as a report shows them.</summary>
internal static partial class ProgramVersion
{
    private static readonly ConcurrentDictionary<string, string> _known = [];

    /// <summary>Asks an installed program.</summary>
    public static async Task<string> OfAsync(string program)
    {
        if (!_known.TryGetValue(program, out var known))
        {
            _known[program] = known = $"{(program == "node" ? "Node.js" : program)} {await AskAsync(program)}";
        }

        return known;
    }

    /// <summary>The version of a package's assembly.</summary>
    public static string Of(string name, Assembly assembly) =>
        $"{name} {assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    private static async Task<string> AskAsync(string program)
    {
        var argument = program switch
        {
            "nginx" or "haproxy" => "-v",
            "node" => "--version",
            _ => "version",
        };
        using var process = Process.Start(new ProcessStartInfo(program, [argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return Version().Match(await output + await error).Value;
    }

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Version();
}
