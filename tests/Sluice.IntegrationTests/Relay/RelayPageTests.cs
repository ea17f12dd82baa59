using System.Collections;
using System.Globalization;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Relay;

/// <summary>docs/relay.md says what the code does.</summary>
public sealed class RelayPageTests
{
    private static readonly string[] _page = Repository.Read("docs/relay.md").Split('\n');

    [Fact]
    public void Every_setting_of_a_target_has_a_row_with_its_default()
    {
        var defaults = new RelayTargetOptions();
        var expected = typeof(RelayTargetOptions).GetProperties().Select(property => $"`{property.Name}` | {Text(property.GetValue(defaults))}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), Rows("| setting").Select(static cells => $"{cells[0]} | {cells[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_commit_rule_has_a_column() =>
        Assert.Contains(_page, static line => line.Contains(string.Join(" | ", Enum.GetNames<TeeCommit>().Select(static name => $"`{name}`")), StringComparison.Ordinal));

    private static string Text(object? value) => value switch
    {
        null or IEnumerable and not string => "—",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static IEnumerable<string[]> Rows(string heading) => _page
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .TakeWhile(static line => line.StartsWith('|'))
        .Skip(2)
        .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));
}
