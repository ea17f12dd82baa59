using System.Reflection;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The server as it is deployed: Release and ReadyToRun, published by the build of this project.</summary>
internal static class PublishedServer
{
    public static string Folder { get; } = typeof(PublishedServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "PublishedServer").Value!;

    public static string Dll { get; } = Path.Combine(Folder, "Sluice.Server.dll");

    /// <summary>
    /// The dotnet program of the runtime that runs these tests, which need not be on the PATH; its folder is
    /// <c>shared/Microsoft.NETCore.App/10.0.x</c> below it.
    /// </summary>
    public static string Dotnet { get; } = FindDotnet();

    private static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var path = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }
}
