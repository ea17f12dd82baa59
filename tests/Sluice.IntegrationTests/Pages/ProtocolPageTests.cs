using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/protocol.md: each rule has its level and its place in the text, and names tests that exist.</summary>
public sealed class ProtocolPageTests
{
    private const string Levelled = "| rule (section) | level | in Sluice | test |";

    private static readonly string[] _levels =
        ["MUST", "MUST NOT", "SHALL NOT", "SHOULD", "SHOULD NOT", "RECOMMENDED", "MAY", "should", "—"];

    private static readonly string[] _page = Repository.Read("docs/protocol.md").Split('\n');

    private static readonly IReadOnlyList<string[]> _rules = [.. MarkdownTable.Rows(_page, Levelled)];

    [Fact]
    public void Every_name_of_a_test_is_one() => Assert.All(
        MarkdownTable.Rows(_page, "| rule").Concat(MarkdownTable.Rows(_page, "| state")), static row => Tests(row));

    [Fact]
    public void Every_rule_is_held_by_a_test_or_the_row_says_why_not() => Assert.All(
        _rules, static row => Assert.True(
            Tests(row) > 0 || (row[^1] == "—" && row[2].StartsWith("not ", StringComparison.Ordinal)), string.Join(" | ", row)));

    [Fact]
    public void Every_rule_has_its_section_and_its_level()
    {
        Assert.InRange(_rules.Count, 100, 300);
        Assert.All(_rules, static row =>
        {
            Assert.Equal(4, row.Length);
            Assert.All(row, static cell => Assert.NotEqual("", cell));
            Assert.EndsWith(")", row[0], StringComparison.Ordinal);
            Assert.All(row[1].Split(", "), static level => Assert.Contains(level, _levels));
        });
    }

    [Fact]
    public void A_name_that_is_cut_or_whole_is_found_and_another_one_is_not()
    {
        Assert.Equal(2, NamedTests.AssertQuotedExist("`ProtocolPageTests`, `Every_name_of_a_test…`"));
        foreach (var other in (string[])["`ProtocolPagesTests`", "`Every_name_of_a_test`", "`Every_name_of_no_test…`", "`Rows…`"])
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => NamedTests.AssertQuotedExist(other));
    }

    private static int Tests(string[] row) => NamedTests.AssertQuotedExist(row[^1].Contains('`') ? row[^1] : $"`{row[^1]}`".Replace(
        "`—`", "", StringComparison.Ordinal));
}
