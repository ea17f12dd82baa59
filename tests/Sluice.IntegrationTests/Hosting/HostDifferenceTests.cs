using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Pages;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Where the hosts differ is written down.</summary>
public sealed class HostDifferenceTests
{
    [Fact]
    public void Every_difference_has_a_row_and_every_row_is_one()
    {
        var page = Repository.Read("docs/platform-limits.md");
        var section = page[page.IndexOf("### Where the two hosts differ", StringComparison.Ordinal)..page.IndexOf(
            "## Flex Consumption", StringComparison.Ordinal)];

        Assert.Equal(
            Enum.GetNames<HostDifference>(),
            Regex.Matches(section, @"^\| `(?<name>\w+)` \|", RegexOptions.Multiline).Select(static row => row.Groups["name"].Value));
    }

    [Fact]
    public void Every_fact_about_the_Functions_host_has_a_test()
    {
        var rows = MarkdownTable.Rows(Repository.Read("docs/platform-limits.md").Split('\n'), "| fact | source | stand-in |").ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, static row => NamedTests.AssertExist(row[^1]));
    }
}
