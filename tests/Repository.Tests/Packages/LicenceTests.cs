using System.Xml.Linq;
using Sluice.RepositoryTests.Documentation;

namespace Sluice.RepositoryTests.Packages;

/// <summary>docs/licences.md has every package that reaches users, and each may be passed on.</summary>
public sealed class LicenceTests
{
    private const string Written = "artifacts/licences.md";

    // They let us and our users pass on what we build, closed or open, if the texts come along.
    private static readonly string[] _allowed = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

    private static readonly IReadOnlyList<Licence> _licences =
    [
        .. LockFiles.Shipped().Select(static package => Licence.Of(package.Id, package.Version)).Distinct()
            .OrderBy(static licence => licence.Id, StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_licence_is_allowed() => Assert.All(_licences, static licence => Assert.Contains(licence.Name, _allowed));

    [Fact]
    public void The_page_lists_every_package_and_nothing_else()
    {
        string[] rows = [.. _licences.Select(static licence => $"| {licence.Id} | {licence.Name} | {licence.Authors} |")];
        var page = Repository.Read("docs/licences.md").ReplaceLineEndings("\n");
        var end = page.IndexOf("| --- | --- | --- |\n", StringComparison.Ordinal) + "| --- | --- | --- |\n".Length;
        Directory.CreateDirectory(Repository.PathOf("artifacts"));
        Repository.Write(Written, page[..end] + string.Join('\n', rows) + "\n");

        Assert.True(page[end..] == string.Join('\n', rows) + "\n", $"cp {Written} docs/licences.md, and read what has changed.");
    }

    [Theory]
    [InlineData("<license type='expression'>MIT</license><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl>", "MIT")]
    [InlineData("<license type='expression'>GPL-3.0-only</license>", "GPL-3.0-only")]
    [InlineData("<license type='file'>LICENSE.txt</license>", "LICENSE.txt")]
    [InlineData("<licenseUrl>https://example.org</licenseUrl>", "https://example.org")]
    [InlineData("", "none")]
    public void A_licence_is_what_the_package_says(string licence, string name)
    {
        var nuspec = XDocument.Parse($"<package><metadata>{licence}<authors>B</authors></metadata></package>");

        Assert.Equal(new Licence("A", name, "B"), Licence.Of("A", nuspec));
    }

    // What the page names is checked where it is composed; here only that nobody looks for it in vain.
    [Fact]
    public void The_page_says_where_the_licences_of_the_upload_page_are() =>
        Assert.Contains("upload-page.md", Page.Read("docs/licences.md").Targets.Select(static target => target.Split('#')[0]));
}
