namespace Sluice.IntegrationTests.Pages;

/// <summary>The tables of a page.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of all tables whose heading begins so, without the backticks around them.</summary>
    public static IEnumerable<string[]> Rows(IReadOnlyList<string> lines, string heading)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(heading, StringComparison.Ordinal))
                continue;
            for (i += 2; i < lines.Count && lines[i].StartsWith('|'); i++)
                yield return [.. lines[i].Trim('|').Split('|', StringSplitOptions.TrimEntries).Select(
                    static cell => cell.StartsWith('`') && cell.Count(c => c == '`') == 2 ? cell.Trim('`') : cell)];
        }
    }
}
