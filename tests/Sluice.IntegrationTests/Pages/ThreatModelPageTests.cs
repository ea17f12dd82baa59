using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/threat-model.md: each mitigation names the tests that prove it, and they are there.</summary>
public sealed class ThreatModelPageTests
{
    private static readonly IReadOnlyList<string[]> _rows =
    [
        .. MarkdownTable.Rows(Repository.Read("docs/threat-model.md").Split('\n'), "| # | threat | mitigation | tests |")
    ];

    [Fact]
    public void Every_mitigation_has_tests_and_every_test_exists() => Assert.All(_rows, static row => NamedTests.AssertExist(row[^1]));

    [Fact]
    public void Every_item_of_the_review_has_a_row() =>
        Assert.Equal(
            Enumerable.Range(1, 20).Select(static item => $"{item}"),
            _rows.Select(static row => row[0]).Where(static item => item != "—").Distinct());

    [Theory]
    [InlineData("README.md", "SECURITY.md")]
    [InlineData("README.md", "docs/threat-model.md")]
    [InlineData("SECURITY.md", "docs/threat-model.md")]
    public void The_pages_are_linked(string from, string to) => Assert.Contains($"({to})", Repository.Read(from), StringComparison.Ordinal);
}
