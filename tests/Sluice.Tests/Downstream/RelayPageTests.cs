using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Downstream;

/// <summary>docs/relay.md says what the code does.</summary>
public sealed partial class RelayPageTests
{
    private static readonly string[] Page = Read();

    [Fact]
    public void Every_setting_of_a_target_has_a_row_with_its_default()
    {
        var defaults = new RelayTargetOptions();
        var settings = typeof(RelayTargetOptions)
            .GetProperties()
            .Select(property => $"`{property.Name}` | {Text(property.GetValue(defaults))}");

        Assert.Equal(settings.Order(), Rows("| setting").Select(static cells => $"{cells[0]} | {cells[1]}").Order());
    }

    [Fact]
    public void Every_cell_of_the_table_of_tees_is_one_of_its_tests()
    {
        var tested = TeeTableTests.Cells.Select(static row => row.Data)
            .Select(static cell => $"{cell.Item1}, {cell.Item2}: {Kebab(cell.Item3)}, {(cell.Item4 ? "blob" : "no blob")}, {cell.Item5}");
        var rows = Rows("| what happens | Both").ToList();
        // With retries a service may get it later, too: while the client waits, nothing differs.
        var rules = Enum.GetValues<TeeCommit>().Where(static rule => rule != TeeCommit.BlobFirstWithRetries);

        Assert.Equal(
            tested.Order(),
            rows.SelectMany(cells => rules.Select((rule, column) => $"{cells[0]}, {rule}: {cells[column + 1]}")).Order());
    }

    private static IEnumerable<string[]> Rows(string heading) => Page
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .TakeWhile(static line => line.StartsWith('|'))
        .Skip(2)
        .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static string Text(object? value) => value switch
    {
        null or ICollection { Count: 0 } or IList<string> { Count: 0 } => "—",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    // DownstreamRefused is the problem downstream-refused.
    private static string Kebab(string told) => Hump().Replace(told, "-").ToLowerInvariant();

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(RelayPageTests).Assembly.GetManifestResourceStream("relay.md")!);
        return reader.ReadToEnd().Split('\n');
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Hump();
}
