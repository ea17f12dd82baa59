using System.Text.Json;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The packages of the libraries.</summary>
public sealed class PackageTests
{
    // They use each other's internals.
    [Theory]
    [InlineData("Sluice.AspNetCore", "Sluice")]
    [InlineData("Sluice.AzureFunctions", "Sluice.AspNetCore")]
    public async Task A_package_requires_its_siblings_in_its_own_version(string package, string sibling)
    {
        var asked = await Command.RunAsync(
            Command.Dotnet,
            [
                "msbuild", Repository.PathOf($"src/{package}"), "-t:_GetProjectReferenceVersions",
                "-getItem:_ProjectReferencesWithVersions", "-nologo",
            ],
            Repository.PathOf(""));

        using var json = JsonDocument.Parse(asked.Succeeded());
        var versions = json.RootElement.GetProperty("Items").GetProperty("_ProjectReferencesWithVersions").EnumerateArray().ToDictionary(
            static item => item.GetProperty("Filename").GetString()!, static item => item.GetProperty("ProjectVersion").GetString()!);
        Assert.Contains(sibling, versions.Keys);
        Assert.All(versions.Values, static version => Assert.Matches(@"^\[\d+\.\d+\.\d+\]$", version));
    }
}
