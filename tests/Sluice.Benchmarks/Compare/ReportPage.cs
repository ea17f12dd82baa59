using System.Text.RegularExpressions;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// The page that chapters are written into: between two marks, each from its heading to the next. Chapters that are not written are kept as
/// they are.
/// </summary>
internal static partial class ReportPage
{
    private const string Begin = "<!-- compare -->";
    private const string End = "<!-- /compare -->";
    private const string Heading = "### ";

    /// <summary>The page with one chapter new.</summary>
    /// <param name="page">The page.</param>
    /// <param name="title">The chapter's title.</param>
    /// <param name="text">What is below it.</param>
    /// <param name="order">The titles of the chapters, in their order. What has another title comes behind them.</param>
    public static string Replace(string page, string title, string text, IReadOnlyList<string> order)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"There is no '{Begin}' and '{End}' to write between.");
        }

        begin += Begin.Length;
        var parts = Chapters().Split(page[begin..end]);
        int Place(string chapter)
        {
            var place = order.ToList().IndexOf(TitleOf(chapter));
            return place < 0 ? order.Count : place;
        }

        var chapters = parts.Skip(1)
            .Where(chapter => TitleOf(chapter) != title)
            .Append($"{Heading}{title}\n\n{text}")
            .OrderBy(Place);
        string[] all = [.. ((string[])[parts[0], .. chapters]).Select(static part => part.Trim()).Where(static part => part.Length > 0)];
        return $"{page[..begin]}\n\n{string.Join("\n\n", all)}\n\n{page[end..]}";
    }

    private static string TitleOf(string chapter) => chapter.Split('\n')[0][Heading.Length..].Trim();

    [GeneratedRegex("^(?=### )", RegexOptions.Multiline)]
    private static partial Regex Chapters();
}
