using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Tests.Diagnostics;

namespace Sluice.Tests;

/// <summary>What docs/settings.md says is what the code does.</summary>
public sealed class SettingsPageTests
{
    private static readonly string _page = Read();

    [Fact]
    public void Every_setting_has_a_row_with_its_default()
    {
        var rows = Regex.Matches(_page, @"^\| `(Sluice:[A-Za-z:]+)` \| ([^|]+) \|", RegexOptions.Multiline)
            .ToDictionary(static row => row.Groups[1].Value, static row => row.Groups[2].Value);

        Assert.Equal(Settings().Concat(Lists()).Order(), rows.Select(static row => (row.Key, row.Value)).Order());
    }

    [Fact]
    public void The_largest_bodies_are_the_ones_it_names()
    {
        var (blob, memory) = (new BlobOptions(), new MemoryOptions());
        var pool = new BlockPool(memory.BudgetBytes, TimeProvider.System, new SluiceMetrics(new Meters()));
        var chunked = BlockPlan.For(null, blob.BlockBytes, blob.MaxBlocks, pool.BudgetBytes / 4).MaxBytes;
        var declared =
            BlockPlan.For(BlockPlan.LargestBlockBytes * blob.MaxBlocks, blob.BlockBytes, blob.MaxBlocks, pool.BudgetBytes / 4).MaxBytes;

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{declared / (double)(1L << 40):0.0} TiB declared, {chunked >> 30} GiB chunked"),
            _page, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Key, string Default)> Settings() =>
        from type in typeof(BlobOptions).Assembly.GetExportedTypes()
        let section = type.GetField("Section")?.GetRawConstantValue() as string
        where section is not null
        let defaults = Activator.CreateInstance(type)
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        select ($"{section}:{property.Name}", Text(property.GetValue(defaults)));

    // The sections of rules and of rights are lists: one row each, and a page of its own.
    private static IEnumerable<(string Key, string Default)> Lists() => [(RouteOptions.Section, "—"), (RightOptions.Section, "—")];

    private static string Text(object? value) => value switch
    {
        null or System.Collections.ICollection { Count: 0 } or IList<string> { Count: 0 }
            or IDictionary<string, RelayTargetOptions> { Count: 0 } => "—",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Read()
    {
        using var reader = new StreamReader(typeof(SettingsPageTests).Assembly.GetManifestResourceStream("settings.md")!);
        return reader.ReadToEnd();
    }
}
