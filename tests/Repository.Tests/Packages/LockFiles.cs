using System.Text.Json;
using System.Xml.Linq;

namespace Sluice.RepositoryTests.Packages;

/// <summary>What the lock files let a restore download.</summary>
internal static class LockFiles
{
    /// <summary>The lock files of a project, named from the root.</summary>
    public static IEnumerable<string> Of(string project) =>
        Directory.EnumerateFiles(Repository.PathOf(FolderOf(project)), "packages*lock.json")
            .Select(file => $"{FolderOf(project)}/{Path.GetFileName(file)}");

    /// <summary>The packages in a lock file.</summary>
    public static IEnumerable<(string Id, string Version)> Packages(string file) =>
        from target in JsonElement.Parse(Repository.Read(file)).GetProperty("dependencies").EnumerateObject()
        from package in target.Value.EnumerateObject()
        where package.Value.GetProperty("type").GetString() != "Project"
        select (package.Name, package.Value.GetProperty("resolved").GetString()!);

    /// <summary>The projects of the solution, named from the root.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. Repository.Read("FunctionsApp.sln").Split('"').Where(static part => part.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(static part => part.Replace('\\', '/')),
    ];

    /// <summary>What reaches users: the packages on NuGet, the server and the function app. The build's own tools are not in it.</summary>
    public static IEnumerable<(string Id, string Version)> Shipped() => Projects
        .Where(static project => project.StartsWith("src/", StringComparison.Ordinal))
        .SelectMany(static project => Published(project).SelectMany(Packages).Where(package => !ToolsOf(project).Contains(package.Id)))
        .Distinct();

    // A program that has other packages in Release is published with these.
    private static IEnumerable<string> Published(string project) => Of(project).ToList() is var all
        && all.Exists(static file => file.EndsWith("/packages.Release.lock.json", StringComparison.Ordinal))
            ? all.Where(static file => !file.EndsWith("/packages.lock.json", StringComparison.Ordinal))
            : all;

    private static string FolderOf(string project) => Path.GetDirectoryName(project)!.Replace('\\', '/');

    private static IEnumerable<string> ToolsOf(string project) =>
        from file in (string[])[project, "src/Package.props", "Directory.Build.props"]
        from reference in XDocument.Parse(Repository.Read(file)).Descendants("PackageReference")
        where (string?)reference.Attribute("PrivateAssets") == "all"
        select (string)reference.Attribute("Include")!;
}
