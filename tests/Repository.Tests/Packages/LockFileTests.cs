using System.Xml.Linq;

namespace Sluice.RepositoryTests.Packages;

/// <summary>No build downloads a package that is not written down, by version and hash.</summary>
public sealed class LockFileTests
{
    public static IEnumerable<TheoryDataRow<string>> Projects =>
        LockFiles.Projects.Select(static project => new TheoryDataRow<string>(project));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_has_a_lock_file_or_says_that_it_has_none(string project)
    {
        var declined = XDocument.Parse(Repository.Read(project)).Descendants("RestorePackagesWithLockFile")
            .Any(static element => element.Value == "false");

        Assert.Equal(!declined, LockFiles.Of(project).Any(static file => file.EndsWith("/packages.lock.json", StringComparison.Ordinal)));
    }

    // The function app on Azure, the image on both platforms, the .NET tool on any.
    [Theory]
    [InlineData("src/FunctionsApp/packages.linux-x64.lock.json", "net10.0/linux-x64")]
    [InlineData("src/Sluice.Server/packages.linux-x64.lock.json", "net10.0/linux-x64")]
    [InlineData("src/Sluice.Server/packages.linux-arm64.lock.json", "net10.0/linux-arm64")]
    [InlineData("src/Sluice.Server/packages.Release.lock.json", "net10.0")]
    public void Every_program_that_ships_has_the_lock_file_of_its_platform(string file, string target)
    {
        Assert.Contains($"\"{target}\"", Repository.Read(file), StringComparison.Ordinal);
        Assert.DoesNotContain("sluice.developmentstorage", Repository.Read(file), StringComparison.Ordinal);
    }

    // A file that its restore has not written since a version changed: .ci/lock writes all of them.
    [Fact]
    public void All_have_the_versions_of_the_central_file()
    {
        var central = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(static package => (string)package.Attribute("Include")!, static package => (string)package.Attribute("Version")!);

        Assert.All(
            LockFiles.Projects.SelectMany(LockFiles.Of),
            file => Assert.All(
                LockFiles.Packages(file),
                package => Assert.Equal(central.GetValueOrDefault(package.Id, package.Version), package.Version)));
    }

    [Fact]
    public void What_must_pass_restores_nothing_else() =>
        Assert.Contains("\nexport RestoreLockedMode=true", Repository.Read(".ci/run"), StringComparison.Ordinal);
}
