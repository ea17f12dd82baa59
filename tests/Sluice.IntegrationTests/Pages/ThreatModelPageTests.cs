using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/threat-model.md: each mitigation names the tests that prove it, and they are there.</summary>
public sealed partial class ThreatModelPageTests
{
    private static readonly IReadOnlyList<string[]> _rows =
    [
        .. MarkdownTable.Rows(Repository.Read("docs/threat-model.md").Split('\n'), "| # | threat | mitigation | tests |")
    ];

    private static readonly Dictionary<string, string> _classes = Directory.EnumerateFiles(
        Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
        .GroupBy(static file => Path.GetFileNameWithoutExtension(file))
        .ToDictionary(static files => files.Key, static files => string.Concat(files.Select(File.ReadAllText)));

    [Fact]
    public void Every_mitigation_has_tests_and_every_test_exists() => Assert.All(_rows, static row =>
    {
        var tests = Test().Matches(row[^1]);
        Assert.NotEmpty(tests);
        Assert.All(tests, static test =>
        {
            var source = Assert.Contains(test.Groups["class"].Value, _classes);
            Assert.Matches($@"class {test.Groups["class"].Value}\b", source);
            if (test.Groups["method"].Value is { Length: > 0 } method)
                Assert.Contains($" {method}(", source, StringComparison.Ordinal);
        });
    });

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

    [GeneratedRegex(@"(?<![\w.])(?<class>\w+Tests)(\.(?<method>\w+))?")]
    private static partial Regex Test();
}
