using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>The tables and pictures of one run of the comparison, and the page of documentation that they are written into.</summary>
internal sealed class ComparisonReport
{
    private const string Begin = "<!-- compare -->";
    private const string End = "<!-- /compare -->";

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _pictures = [];

    /// <summary>Begins a chapter, with what is to be known of it.</summary>
    public void Chapter(string title, string about)
    {
        Console.WriteLine($"\n{title}\n");
        _text.AppendLine(CultureInfo.InvariantCulture, $"### {title}\n\n{about}\n");
    }

    /// <summary>A table, of which every row begins with a name.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", columns)} |");
        table.AppendLine(CultureInfo.InvariantCulture, $"|{string.Concat(columns.Select(static _ => " --- |"))}");
        foreach (var row in rows)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |");
        }

        Console.WriteLine(table);
        _text.AppendLine(table.ToString());
    }

    /// <summary>A picture.</summary>
    public void Picture(string file, string title, LinePlot plot)
    {
        _pictures[file] = plot.ToString();
        _text.AppendLine(CultureInfo.InvariantCulture, $"![{title}](images/{file})\n");
    }

    /// <summary>A figure with what it was lowest and highest.</summary>
    public static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(sorted[sorted.Count / 2])} ({Text(sorted[0])} to {Text(sorted[^1])})";
    }

    /// <summary>Writes all of it into docs/performance.md and docs/images.</summary>
    public void WriteTo(string docs)
    {
        var page = Path.Combine(docs, "performance.md");
        var text = File.ReadAllText(page);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{page} has no '{Begin}' and '{End}' to write between.");
        }

        var about = $"Written by the command on {DateTime.UtcNow:yyyy-MM-dd}: {Environment.ProcessorCount} cores, "
            + $"{RuntimeInformation.OSDescription.Split('#')[0].Trim()}, {RuntimeInformation.FrameworkDescription}.";
        File.WriteAllText(page, $"{text[..begin]}{Begin}\n\n{about}\n\n{_text.ToString().TrimEnd()}\n\n{text[end..]}");
        foreach (var (file, picture) in _pictures)
        {
            File.WriteAllText(Path.Combine(docs, "images", file), picture);
        }
    }
}
