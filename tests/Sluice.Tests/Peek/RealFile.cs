using Sluice.MediaTypes;

namespace Sluice.Tests.Peek;

/// <summary>The beginning of a real file, and what it is called: a row of RealFiles.txt, which says how the files were found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsWhole">Whether the bytes are the whole file.</param>
/// <param name="Others">What other tools call it; they had the whole file. A question mark if it does not know.</param>
/// <param name="MediaType">What it is detected as.</param>
/// <param name="Reason">Why no other tool says so, or one knows more; empty if neither is the case.</param>
/// <param name="Body">The first bytes.</param>
internal sealed record RealFile(
    string Kind, bool IsWhole, IReadOnlyList<string> Others, string MediaType, string Reason, byte[] Body)
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RealFile> All { get; } = [.. Read()];

    /// <summary>Whether another tool knows the type of the file, and it is another one, or nobody else knows it.</summary>
    public bool IsDifferent
    {
        get
        {
            var known = Others.Where(static other => other != "?" && !MediaTypeName.IsInconclusive(other)).ToList();
            return known.Count > 0
                ? !known.Exists(other => MediaTypeName.Canonical(other) == MediaTypeName.Canonical(MediaType))
                : !MediaTypeName.IsInconclusive(MediaType);
        }
    }

    private static IEnumerable<RealFile> Read()
    {
        using var reader = new StreamReader(typeof(RealFile).Assembly.GetManifestResourceStream("RealFiles.txt")!);
        var rows = reader.ReadToEnd().Split('\n').Where(static line => line.Length > 0 && line[0] != '#').ToList();
        for (var i = 0; i < rows.Count;)
        {
            var cells = rows[i++].Split('|', StringSplitOptions.TrimEntries);
            var lines = rows.Skip(i).TakeWhile(static line => line[0] == ' ').ToList();
            i += lines.Count;
            yield return new(
                cells[0], cells[1] == "whole", [Bare(cells[2]), Bare(cells[3])], cells[4], cells.ElementAtOrDefault(5) ?? "",
                Convert.FromBase64String(string.Concat(lines.Select(static line => line.Trim()))));
        }
    }

    private static string Bare(string mediaType) => MediaTypeName.Bare(mediaType)!;
}
