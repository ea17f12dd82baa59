using System.Text.RegularExpressions;
using Sluice.RepositoryTests.Documentation;

namespace Sluice.RepositoryTests.Releases;

/// <summary>CHANGELOG.md has the form of Keep a Changelog, and .ci/notes finds a version in it.</summary>
public sealed partial class ChangelogTests
{
    private static readonly string[] _kinds = ["### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"];

    [Fact]
    public void What_is_not_released_comes_first_and_every_other_version_has_a_date()
    {
        var headings = Page.Read("CHANGELOG.md").Headings.ToLookup(static heading => heading.Split(' ')[0]);

        Assert.Equal(["# Changelog"], headings["#"]);
        Assert.Equal("## [Unreleased]", headings["##"].First());
        Assert.All(headings["##"].Skip(1), static heading => Assert.Matches(Version(), heading));
        Assert.All(headings["###"], static heading => Assert.Contains(heading, _kinds));
    }

    [Fact]
    public async Task The_notes_of_a_version_are_its_section()
    {
        var notes = await NotesAsync(
            "1.2.0",
            "# Changelog\n\n## [Unreleased]\n\n- d\n\n## [1.2.0] - 2026-12-01\n\n### Added\n\n- c\n\n## [1.1.0] - 2026-11-01\n\n- b\n");

        Assert.Equal("### Added\n\n- c", notes.Succeeded().Trim());
    }

    [Theory]
    [InlineData("## [Unreleased]\n\n- d\n")]
    [InlineData("## [1.2.0]\n\n- no date\n")]
    [InlineData("## [1.2.0] - 2026-12-01\n\n## [1.1.0] - 2026-11-01\n\n- b\n")]
    [InlineData("## [1.2.0-rc.1] - 2026-12-01\n\n- another version\n")]
    public async Task A_version_that_it_says_nothing_of_is_not_released(string changelog)
    {
        var notes = await NotesAsync("1.2.0", changelog);

        Assert.Equal(1, notes.ExitCode);
        Assert.Contains("no section [1.2.0]", notes.Error, StringComparison.Ordinal);
    }

    // As in the repository: the script beside the file.
    private static async Task<Command> NotesAsync(string version, string changelog)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-test-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, ".ci"));
            File.Copy(Repository.PathOf(".ci/notes"), Path.Combine(folder, ".ci", "notes"));
            await File.WriteAllTextAsync(Path.Combine(folder, "CHANGELOG.md"), changelog, TestContext.Current.CancellationToken);
            return await Command.RunAsync("bash", [".ci/notes", version], folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?\] - \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Version();
}
