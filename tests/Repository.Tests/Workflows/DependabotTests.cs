using YamlDotNet.RepresentationModel;

namespace Sluice.RepositoryTests.Workflows;

/// <summary>Everything that is pinned is looked after.</summary>
public sealed class DependabotTests
{
    private static readonly List<YamlNode> _updates =
        [.. new Workflow("dependabot", Repository.Read(".github/dependabot.yml")).Root.At("updates").Items()];

    [Theory]
    [InlineData("nuget", "Directory.Packages.props")]
    [InlineData("dotnet-sdk", "global.json")]
    [InlineData("npm", "package-lock.json")]
    [InlineData("github-actions", ".github/workflows")]
    [InlineData("docker", "Dockerfile")]
    [InlineData("devcontainers", ".devcontainer/devcontainer.json")]
    public void What_it_updates_is_where_it_looks(string ecosystem, string file) =>
        Assert.All(
            Directories(ecosystem), directory => Assert.True(Path.Exists(Repository.PathOf($"{directory}/{file}")), $"{directory}/{file}"));

    [Fact]
    public void No_other_kind_is_named() => Assert.Equal(
        ["devcontainers", "docker", "dotnet-sdk", "github-actions", "npm", "nuget"],
        _updates.Select(static update => update.At("package-ecosystem").Text()).Order());

    [Fact]
    public void Every_npm_lock_file_is_looked_after()
    {
        var root = Repository.PathOf("");
        var locks =
            from top in (string[])["src", "tests", "infra"]
            where Directory.Exists(Path.Combine(root, top))
            from file in Directory.EnumerateFiles(Path.Combine(root, top), "package-lock.json", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/')
            where !folder.Split('/').Any(static part => part is "bin" or "obj" or "node_modules")
            select folder;

        Assert.Equal(locks.Order(), Directories("npm").Order());
    }

    private static IEnumerable<string> Directories(string ecosystem)
    {
        var update = _updates.Single(update => update.At("package-ecosystem").Text() == ecosystem);
        var directories = update.At("directories")?.Names() ?? [update.At("directory").Text()!];
        return directories.Select(static directory => directory.Trim('/') is { Length: > 0 } named ? named : ".");
    }
}
