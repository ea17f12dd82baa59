using System.Text;
using Microsoft.Extensions.Configuration;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/routing.md: its example, and its tables.</summary>
internal static class RoutingPage
{
    private static readonly string[] _lines = Repository.Read("docs/routing.md").Split('\n');

    /// <summary>The settings of the example, as they are in appsettings.json.</summary>
    public static IReadOnlyDictionary<string, string> Json { get; } = Flat(Block("```json", after: "In `appsettings.json`:"));

    /// <summary>The same as app settings.</summary>
    public static IReadOnlyDictionary<string, string> AppSettings { get; } = Block("```", after: "The same as app settings")
        .Select(static line => line.Split('=', 2))
        .ToDictionary(static setting => setting[0].Replace("__", ":", StringComparison.Ordinal), static setting => setting[1]);

    /// <summary>What a peek is shown to answer.</summary>
    public static IReadOnlyList<string> Redaction { get; } = [.. Block("```json", after: "## Why did it go there?")];

    /// <summary>The cells of all tables that begin so, without the backticks around them.</summary>
    public static IEnumerable<string[]> Rows(string heading) => MarkdownTable.Rows(_lines, heading);

    // The lines of the first block of a kind, below a line that begins so.
    private static IEnumerable<string> Block(string fence, string after) => _lines
        .SkipWhile(line => !line.StartsWith(after, StringComparison.Ordinal))
        .SkipWhile(line => line != fence)
        .Skip(1)
        .TakeWhile(static line => line != "```");

    private static Dictionary<string, string> Flat(IEnumerable<string> json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', json)));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable()
            .Where(static setting => setting.Value is not null)
            .ToDictionary(static setting => setting.Key, static setting => setting.Value!);
    }
}
