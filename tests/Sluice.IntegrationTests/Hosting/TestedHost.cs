using System.Reflection;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// Which host the tests of this assembly run against: Sluice.Server, or the function app behind a stand-in for the Functions host
/// (tests/Sluice.WorkerTests, which compiles the same files; here with <c>SLUICE_TESTED_HOST=functions</c>).
/// </summary>
internal static class TestedHost
{
    public static bool IsFunctions { get; } = (Environment.GetEnvironmentVariable("SLUICE_TESTED_HOST") ?? typeof(TestedHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(static metadata => metadata.Key == "TestedHost")?.Value) == "functions";
}
