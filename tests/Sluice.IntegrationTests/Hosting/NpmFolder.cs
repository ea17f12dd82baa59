using System.Security.Cryptography;
using Sluice.DevelopmentStorage;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>A few npm packages that tests need, installed once per version into artifacts/. Needs Node.js, as Azurite does.</summary>
/// <param name="name">What it is called in artifacts/.</param>
/// <param name="source">The folder of its package.json, with the lock file beside it.</param>
/// <param name="scripts">What is copied beside them.</param>
internal sealed class NpmFolder(string name, string source, params string[] scripts)
{
    // The lock file has checksums and no addresses, so any registry or mirror may serve it. Nothing needs an install script.
    private static readonly string[] _arguments =
    [
        "ci", "--ignore-scripts", "--no-bin-links", "--no-audit", "--no-fund", "--prefer-offline"
    ];

    private readonly string[] _files = ["package.json", "package-lock.json", .. scripts];

    /// <summary>The folder with <c>node_modules</c>.</summary>
    public async Task<string> InstallAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
            hash.AppendData(await File.ReadAllBytesAsync(Path.Combine(source, file)));
        return await InstalledFolder.EnsureAsync(
            Repository.PathOf($"artifacts/{name}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}"), FillAsync);
    }

    private async Task FillAsync(string folder)
    {
        foreach (var file in _files)
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file));
        (await Command.RunAsync(Command.Npm, _arguments, folder)).Succeeded();
    }
}
