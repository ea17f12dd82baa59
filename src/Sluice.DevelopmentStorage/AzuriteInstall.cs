using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Sluice.Server.DevelopmentStorage;

/// <summary>
/// The pinned Azurite, installed by npm once per user and per version. It is not a build step: only those without a
/// storage account need it.
/// </summary>
internal sealed partial class AzuriteInstall(AzuriteOptions options)
{
    private static readonly string[] _files = ["package.json", "package-lock.json", "blob.js"];

    // The lock file has checksums and no addresses, so any registry or mirror may serve it. Nothing of Azurite needs its
    // packages' install scripts, so none may run. engine-strict would refuse Node 20, on which Azurite works.
    private static readonly string[] _npmArguments =
        ["ci", "--omit=dev", "--ignore-scripts", "--no-bin-links", "--no-audit", "--no-fund", "--engine-strict=false"];

    /// <summary>The launcher and its lock file, copied beside the server by the build.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "DevelopmentStorage", "azurite");

    /// <summary>Returns the folder with <c>blob.js</c> and <c>node_modules</c>; creates it if this is the first time.</summary>
    /// <remarks>
    /// npm works in a sibling folder that is renamed once complete, so a folder of the final name is whole, whenever an
    /// installation was interrupted.
    /// </remarks>
    /// <exception cref="DevelopmentStorageException">Node.js or npm is missing, or npm failed.</exception>
    public async Task<string> EnsureAsync(CancellationToken cancellationToken)
    {
        await NodeRuntime.RequireAsync(options.Node, cancellationToken);
        var root = options.InstallFolder ?? PerUserFolder.Get("");
        Directory.CreateDirectory(root);
        var installed = Path.Combine(root, $"azurite-{ShortHash()}");
        if (Directory.Exists(installed))
            return installed;

        using (await FolderLock.TakeAsync(installed + ".lock", SayWaiting, options.TimeProvider, cancellationToken))
        {
            if (!Directory.Exists(installed))
                await InstallAsync(installed, cancellationToken);
        }
        return installed;
    }

    private void SayWaiting() => options.Say("Waiting for another process, which is installing Azurite.");

    private async Task InstallAsync(string installed, CancellationToken cancellationToken)
    {
        options.Say($"Installing Azurite into {installed} (once, about 60 MB) ...");
        DeleteLeftovers(installed);
        var incomplete = $"{installed}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(incomplete);
            foreach (var file in _files)
                File.Copy(Path.Combine(Source, file), Path.Combine(incomplete, file));
            var npm = await CommandRun.ToEndAsync(options.Npm, _npmArguments, incomplete, cancellationToken);
            if (npm.ExitCode != 0)
                throw DevelopmentStorageException.NotInstalled(Reason(npm));
            await RenameAsync(incomplete, installed, cancellationToken);
        }
        catch
        {
            TemporaryFolder.Delete(incomplete);
            throw;
        }
    }

    // Of interrupted installations. Safe under the lock: nobody else has a live one.
    private static void DeleteLeftovers(string installed)
    {
        foreach (var leftover in Directory.GetDirectories(Path.GetDirectoryName(installed)!, Path.GetFileName(installed) + ".*"))
            TemporaryFolder.Delete(leftover);
    }

    // Virus scanners on Windows hold new files open for a moment, and with them their folder.
    private async Task RenameAsync(string from, string to, CancellationToken cancellationToken)
    {
        for (var attemptsLeft = 20; ; attemptsLeft--)
        {
            try
            {
                Directory.Move(from, to);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attemptsLeft > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), options.TimeProvider, cancellationToken);
            }
        }
    }

    private static string Reason(CommandRun npm)
    {
        var said = npm.LastLines
            .Select(static line => NpmError().Match(line).Groups["reason"].Value)
            .Where(static reason => reason.Length > 0);
        return $"npm ended with {npm.ExitCode}: {string.Join("; ", said.Take(3).DefaultIfEmpty(npm.LastLines.LastOrDefault("no output")))}";
    }

    // Up to npm 9 it is "ERR!". The last line, where the log file is, helps nobody in one line.
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
