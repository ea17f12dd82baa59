namespace Sluice.RepositoryTests.Documentation;

/// <summary>Every link from a page to a file or to a heading leads there, and every page can be found.</summary>
public sealed class LinkTests
{
    public static IEnumerable<TheoryDataRow<string>> Pages => Page.Paths.Select(static path => new TheoryDataRow<string>(path));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string path) => Assert.Empty(Page.Read(path).Broken());

    [Theory]
    [InlineData("[a](LICENSE) [b](docs/README.md#resume) [c](docs) [d](#a--b) [x](#x) ![e](docs/images/soak.svg)", "")]
    [InlineData("[a](LICENCE)", "LICENCE")]
    [InlineData("[a](docs/README.md#resumed)", "docs/README.md#resumed")]
    [InlineData("[a](#b)", "#b")]
    [InlineData("![a](docs/images/sluice.svg)", "docs/images/sluice.svg")]
    [InlineData("<img src=\"docs/images/sluice.svg\">", "docs/images/sluice.svg")]
    [InlineData("`[a](LICENCE)` [a](https://example.org/LICENCE)\n```\n[a](LICENCE)\n```", "")]
    public void A_link_that_leads_nowhere_is_noticed(string text, string broken) =>
        Assert.Equal(broken, string.Join(' ', new Page("page.md", $"{text}\n\n## `A` & [B](docs)\n<a id=\"x\"></a>\n").Broken()));

    [Fact]
    public void The_index_has_every_page() => Assert.Equal(
        Directory.EnumerateFiles(Repository.PathOf("docs")).Select(Path.GetFileName).Where(static name => name != "README.md").Order(),
        Page.Read("docs/README.md").Targets
            .Where(static target => !target.Contains('/', StringComparison.Ordinal) && target != "decisions").Order());

    // As the template of such a page has them: https://github.com/Azure-Samples/azd-template-artifacts
    [Fact]
    public void The_readme_has_the_sections_of_an_azd_template() => Assert.Equal(
        [
            "# Sluice", "## Features", "## Getting started", "### Prerequisites", "### Quickstart",
            "## Guidance", "### Region availability", "### Costs", "### Security", "## Resources",
        ],
        Page.Read("README.md").Headings);
}
