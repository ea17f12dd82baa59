using System.Text.Json;
using Sluice.DevelopmentStorage;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// A .NET tool in the version of .config/dotnet-tools.json, installed into artifacts/. <c>dotnet tool restore</c> would install all others
/// too.
/// </summary>
/// <param name="package">The package, in lower case as in the manifest.</param>
internal sealed class DotnetTool(string package)
{
    private const string Manifest = ".config/dotnet-tools.json";

    /// <summary>Its version.</summary>
    public string Version { get; } = Entry(package).GetProperty("version").GetString()!;

    /// <summary>Installs it if need be, and runs it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public async Task<Command> RunAsync(string[] arguments, string folder, params (string Name, string Value)[] environment)
    {
        var installed = Repository.PathOf($"artifacts/tools/{package}-{Version}");
        var command = Path.Combine(installed, Entry(package).GetProperty("commands")[0].GetString()!);
        if (OperatingSystem.IsWindows())
            command += ".exe";
        // A tool knows the path that it was installed to, so it can't be renamed; its command is the last thing that is written.
        Directory.CreateDirectory(Path.GetDirectoryName(installed)!);
        using (await FolderLock.TakeAsync(installed + ".lock", static () => { }, TimeProvider.System, default))
        {
            if (!File.Exists(command))
            {
                var install = (string[])["tool", "install", package, "--version", Version, "--tool-path", installed];
                (await Command.RunAsync(Command.Dotnet, install, Repository.PathOf(""))).Succeeded();
            }
        }

        // A tool may be made for an older version of .NET than the one that is here.
        return await Command.RunAsync(
            command, arguments, folder, "",
            [("DOTNET_ROOT", Path.GetDirectoryName(Command.Dotnet)!), ("DOTNET_ROLL_FORWARD", "Major"), .. environment]);
    }

    private static JsonElement Entry(string package) =>
        JsonElement.Parse(Repository.Read(Manifest)).GetProperty("tools").GetProperty(package);
}
