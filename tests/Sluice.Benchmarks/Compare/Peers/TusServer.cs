using System.Security.Cryptography;
using System.Text.Json;
using Sluice.DevelopmentStorage;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.Benchmarks.Compare;

/// <summary>@tus/server with @tus/azure-store: two npm packages and a script, installed once per version into artifacts/.</summary>
internal static class TusServer
{
    private const string Script = "server.mjs";

    // The lock file has checksums and no addresses, so any registry or mirror may serve it. Nothing needs an install script.
    private static readonly string[] _arguments =
        ["ci", "--ignore-scripts", "--no-bin-links", "--no-audit", "--no-fund", "--prefer-offline"];

    private static readonly string[] _files = ["package.json", "package-lock.json", Script];

    /// <summary>The folder with the script and <c>node_modules</c>; null without Node.js.</summary>
    public static async Task<string?> InstallAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "tus-server");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
        {
            hash.AppendData(await File.ReadAllBytesAsync(Path.Combine(source, file)));
        }

        var artifacts = Path.GetFullPath(Path.Combine(PublishedServer.Folder, "..", ".."));
        var installed = Path.Combine(artifacts, $"tus-server-{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}");
        try
        {
            return await InstalledFolder.EnsureAsync(installed, folder => FillAsync(source, folder));
        }
        catch (DevelopmentStorageException)
        {
            return null;
        }
    }

    private static async Task FillAsync(string source, string folder)
    {
        foreach (var file in _files)
        {
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file));
        }

        var npm = await CommandRun.ToEndAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", _arguments, folder, default);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ended with {npm.ExitCode}: {string.Join('\n', npm.LastLines)}");
        }
    }

    /// <summary>The version of a package that was installed.</summary>
    public static string VersionOf(string folder, string package)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "node_modules", package, "package.json")));
        return json.RootElement.GetProperty("version").GetString()!;
    }
}
