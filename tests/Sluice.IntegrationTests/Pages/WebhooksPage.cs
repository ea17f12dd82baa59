using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/webhooks.md: its tables, and for each scheme a section with settings and signed requests.</summary>
internal static partial class WebhooksPage
{
    public static string Text { get; } = Repository.Read("docs/webhooks.md");

    /// <summary>When the examples were signed.</summary>
    public static DateTimeOffset SignedAt { get; } =
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(
            Regex.Match(Text, @"signed at `(\d+)`").Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>The headings of the sections, one for each scheme.</summary>
    public static IReadOnlyList<string> Schemes { get; } =
    [
        .. Section().Matches(Text).Select(static section => section.Groups["scheme"].Value)
    ];

    /// <summary>The settings of all sections.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = Setting().Matches(Text)
        .ToDictionary(
            static setting => setting.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal),
            static setting => setting.Groups["value"].Value);

    public static IReadOnlyList<WebhookExample> Examples { get; } =
    [
        .. from section in Section().Matches(Text)
           from request in Request().Matches(section.Groups["text"].Value)
           select new WebhookExample(
               section.Groups["scheme"].Value,
               request.Groups["verb"].Value,
               request.Groups["path"].Value,
               [
                   .. request.Groups["header"].Captures.Select(static header => header.Value.Split(": ", 2))
                       .Select(static header => (header[0], header[1]))
               ],
               request.Groups["body"].Value,
               request.Groups["blob"] is { Success: true, Value: var blob } ? blob : null),
    ];

    /// <summary>The cells of all tables that begin so, without the backticks around them.</summary>
    public static IEnumerable<string[]> Rows(string heading) => MarkdownTable.Rows(Text.Split('\n'), heading);

    [GeneratedRegex(@"^### `(?<scheme>[^`]+)`\n(?<text>(?:(?!###? ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?<key>Sluice__\w+)=(?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(
        @"^```http\n(?<verb>[A-Z]+) (?<path>/\S+)\n(?:(?<header>[\w-]+: .+)\n)*(?:\n(?<body>.+)\n)?```\n(?:\nBecomes `(?<blob>[^`]+)`\.\n)?",
        RegexOptions.Multiline)]
    private static partial Regex Request();
}
