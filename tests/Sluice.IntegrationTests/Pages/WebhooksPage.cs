using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>
/// docs/webhooks.md: its tables, and for each scheme a section with settings and signed requests; docs/webhook-senders.md has such a section
/// for each of further senders.
/// </summary>
internal static partial class WebhooksPage
{
    public static string Text { get; } = Repository.Read("docs/webhooks.md");

    public static string Senders { get; } = Repository.Read("docs/webhook-senders.md");

    /// <summary>When the examples were signed.</summary>
    public static DateTimeOffset SignedAt { get; } =
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(
            Regex.Match(Text, @"signed at `(\d+)`").Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>The headings of the sections, one for each scheme.</summary>
    public static IReadOnlyList<string> Schemes { get; } =
    [
        .. Section().Matches(Text).Select(static section => section.Groups["title"].Value)
            .Where(static title => title.StartsWith('`')).Select(static title => title.Trim('`'))
    ];

    /// <summary>The settings of all sections.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = SettingLine().Matches(Text + Senders)
        .ToDictionary(
            static setting => setting.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal),
            static setting => setting.Groups["value"].Value);

    public static IReadOnlyList<WebhookExample> Examples { get; } =
    [
        .. from section in Section().Matches(Text + "\n" + Senders)
           from request in Request().Matches(section.Groups["text"].Value)
           select new WebhookExample(
               section.Groups["title"].Value.Trim('`'),
               request.Groups["verb"].Value,
               request.Groups["path"].Value,
               [
                   .. request.Groups["header"].Captures.Select(static header => header.Value.Split(": ", 2))
                       .Select(static header => (header[0], header[1]))
               ],
               request.Groups["body"].Value,
               request.Groups["blob"] is { Success: true, Value: var blob } ? blob : null)
           {
               Reply = request.Groups["reply"] is { Success: true, Value: var reply } ? reply : null,
           },
    ];

    /// <summary>A setting of the source that an example is sent to; null if it has none.</summary>
    public static string? Setting(WebhookExample example, string name) =>
        Settings.GetValueOrDefault($"Sluice:Hooks:Sources:{example.Path.Split('?')[0].Split('/')[^1]}:{name}");

    /// <summary>The cells of all tables that begin so, without the backticks around them.</summary>
    public static IEnumerable<string[]> Rows(string heading) => MarkdownTable.Rows(Text.Split('\n'), heading);

    [GeneratedRegex(@"^### (?<title>.+)\n(?<text>(?:(?!###? ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?<key>Sluice__\w+)=(?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex SettingLine();

    [GeneratedRegex(
        @"^```http\n(?<verb>[A-Z]+) (?<path>/\S+)\n(?:(?<header>[\w-]+: .+)\n)*(?:\n(?<body>.+)\n)?```\n"
            + @"(?:\nBecomes `(?<blob>[^`]+)`\.\n)?(?:\nReturns `(?<reply>[^`]+)`\.\n)?",
        RegexOptions.Multiline)]
    private static partial Regex Request();
}
