using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>The text, tables and pictures of one chapter, and the page of documentation that they are written into.</summary>
internal sealed class ComparisonReport
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _pictures = [];
    private string _title = "";

    /// <summary>Begins the chapter, with what is to be known of it, and where and with what it is measured.</summary>
    public void Begin(string title, string about, IEnumerable<string> versions)
    {
        _title = title;
        string[] machine =
        [
            $"{Environment.ProcessorCount} cores", RuntimeInformation.OSDescription.Split('#')[0].Trim(),
            RuntimeInformation.FrameworkDescription, .. versions,
        ];
        var measured = $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {string.Join(", ", machine)}.";
        Console.WriteLine($"\n{title}\n\n{measured}\n");
        _text.Append(CultureInfo.InvariantCulture, $"{about}\n\n{measured}\n\n");
    }

    /// <summary>A table, of which every row begins with a name.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", columns)} |\n");
        table.Append(CultureInfo.InvariantCulture, $"|{string.Concat(columns.Select(static _ => " --- |"))}\n");
        foreach (var row in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }

        Console.WriteLine(table);
        _text.Append(CultureInfo.InvariantCulture, $"{table}\n");
    }

    /// <summary>A paragraph.</summary>
    public void Note(string text)
    {
        Console.WriteLine(text + "\n");
        _text.Append(CultureInfo.InvariantCulture, $"{text}\n\n");
    }

    /// <summary>A picture.</summary>
    public void Picture(string file, string title, LinePlot plot)
    {
        _pictures[file] = plot.ToString();
        _text.Append(CultureInfo.InvariantCulture, $"![{title}](images/{file})\n\n");
    }

    /// <summary>A figure with what it was lowest and highest.</summary>
    public static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(sorted[sorted.Count / 2])} ({Text(sorted[0])} to {Text(sorted[^1])})";
    }

    /// <summary>Writes the chapter into docs/performance.md, in place of what was there of it, and its pictures into docs/images.</summary>
    /// <param name="docs">The folder of documentation.</param>
    /// <param name="order">The titles of all chapters, in their order.</param>
    public void WriteTo(string docs, IReadOnlyList<string> order)
    {
        var page = Path.Combine(docs, "performance.md");
        File.WriteAllText(page, ReportPage.Replace(File.ReadAllText(page), _title, _text.ToString(), order));
        foreach (var (file, picture) in _pictures)
        {
            File.WriteAllText(Path.Combine(docs, "images", file), picture);
        }
    }
}
