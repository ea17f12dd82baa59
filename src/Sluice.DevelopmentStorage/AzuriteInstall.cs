using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Sluice.DevelopmentStorage;

/// <summary>
/// The pinned Azurite, installed by npm once per user and version. It is not a build step: only developers without a storage account need
/// it.
/// </summary>
internal sealed partial class AzuriteInstall(AzuriteOptions options)
{
    private static readonly string[] _files = ["package.json", "package-lock.json", "services.js", "aborted.js", "checksums.js"];

    // The lock file has checksums and no addresses, so any registry or mirror may serve the packages. Azurite needs none of its packages'
    // install scripts, so none may run. engine-strict would refuse Node 20, on which Azurite works.
    private static readonly string[] _npmArguments =
        ["ci", "--omit=dev", "--ignore-scripts", "--no-bin-links", "--no-audit", "--no-fund", "--engine-strict=false"];

    /// <summary>The launcher and its lock file, which the build copies beside the server.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "DevelopmentStorage", "azurite");

    /// <summary>Returns the folder with <c>services.js</c> and <c>node_modules</c>; creates it on first use.</summary>
    /// <exception cref="DevelopmentStorageException">Node.js or npm is missing, or npm failed.</exception>
    public async Task<string> EnsureAsync(CancellationToken cancellationToken)
    {
        await NodeRuntime.RequireAsync(options.Node, cancellationToken);
        var root = options.InstallFolder ?? PerUserFolder.Get("");
        var installed = Path.Combine(root, $"azurite-{ShortHash()}");
        return await InstalledFolder.EnsureAsync(
            installed, folder => InstallAsync(installed, folder, cancellationToken), SayWaiting, options.TimeProvider, cancellationToken);
    }

    private void SayWaiting() => options.Say("Waiting for another process, which is installing Azurite.");

    private async Task InstallAsync(string installed, string folder, CancellationToken cancellationToken)
    {
        options.Say($"Installing Azurite into {installed} (once, about 60 MB) ...");
        foreach (var file in _files)
            File.Copy(Path.Combine(Source, file), Path.Combine(folder, file));
        var npm = await CommandRun.ToEndAsync(options.Npm, _npmArguments, folder, cancellationToken);
        if (npm.ExitCode != 0)
            throw DevelopmentStorageException.NotInstalled(Reason(npm));
    }

    private static string Reason(CommandRun npm)
    {
        var said = npm.LastLines
            .Select(static line => NpmError().Match(line).Groups["reason"].Value)
            .Where(static reason => reason.Length > 0);
        return $"npm ended with {npm.ExitCode}: {string.Join("; ", said.Take(3).DefaultIfEmpty(npm.LastLines.LastOrDefault("no output")))}";
    }

    // Up to npm 9 it is "ERR!". The last line, the path of the log file, is of no use in a one-line message.
    [GeneratedRegex("^npm (ERR!|error) (?!A complete log)(?<reason>.+)")]
    private static partial Regex NpmError();

    private static string ShortHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
            hash.AppendData(File.ReadAllBytes(Path.Combine(Source, file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
