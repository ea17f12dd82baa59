using System.Reflection;

namespace Infra.Tests;

/// <summary>The Bicep compiler that came as a package, and where it is.</summary>
internal static class Compiler
{
    /// <summary>The path that the package names, or the one of the property BICEP.</summary>
    public static string Path { get; } = (Metadata("BicepPath") ?? "").Replace('\\', System.IO.Path.DirectorySeparatorChar);

    /// <summary>The platform whose package the build referred to; empty if there is none.</summary>
    public static string Platform { get; } = Metadata("BicepPlatform") ?? "";

    public static bool IsHere { get; } = File.Exists(Path);

    public static string WhyNot =>
        $"NOT TESTED: there is no Bicep compiler here (platform '{Platform}', path '{Path}'). "
            + $"Build with BICEP=/path/to/bicep to use an installed one.";

    private static string? Metadata(string key) => typeof(Compiler).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
