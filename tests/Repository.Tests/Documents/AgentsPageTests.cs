using System.Text.RegularExpressions;

namespace Sluice.RepositoryTests.Documents;

/// <summary>AGENTS.md is one page, and what it names is there.</summary>
public sealed partial class AgentsPageTests
{
    private static readonly string _page = Repository.Read("AGENTS.md");

    [Fact]
    public void It_is_one_page() => Assert.InRange(_page.Split('\n').Length, 30, 80);

    [Fact]
    public void Every_path_that_it_names_is_there()
    {
        var paths = Path().Matches(_page).Select(static match => match.Value.TrimEnd('/', '.', ',')).Distinct().ToList();

        Assert.Contains(".ci/run", paths);
        Assert.All(paths, static path => Assert.True(System.IO.Path.Exists(Repository.PathOf(path)), path));
    }

    [Fact]
    public void Every_section_that_it_links_to_is_in_the_page_on_contributing()
    {
        var headings = Heading().Matches(Repository.Read(".github/CONTRIBUTING.md"))
            .Select(static heading => heading.Groups[1].Value.TrimEnd().ToLowerInvariant().Replace(' ', '-'));

        Assert.Subset(headings.ToHashSet(), Anchor().Matches(_page).Select(static link => link.Groups[1].Value).ToHashSet());
    }

    [Fact]
    public void The_page_on_contributing_says_nothing_twice()
    {
        var lines = Repository.Read(".github/CONTRIBUTING.md").Split('\n').Where(static line => line.Length > 60);

        Assert.Empty(lines.Intersect(_page.Split('\n')));
        Assert.Contains("(../AGENTS.md)", Repository.Read(".github/CONTRIBUTING.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<![\w./-])(\.ci|\.github|docs|infra|src|tests)/[\w./-]*")]
    private static partial Regex Path();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"CONTRIBUTING\.md#([\w-]+)")]
    private static partial Regex Anchor();
}
