using System.Text;

namespace Sluice.Routing.Names;

/// <summary>Makes a value that the sender chose a piece of one part of a name, whatever it is.</summary>
internal static class NameValue
{
    /// <summary>The most characters of a value that are kept. Five of them fit into a name (Azure: 1,024 characters).</summary>
    public const int MaxCharacters = 200;

    /// <summary>
    /// The value with <c>_</c> for every character that a blob name does not hold or that separates parts in one, or in a URL, and for the
    /// dots and spaces at its ends: it is never <c>..</c>, and never empty.
    /// </summary>
    public static string Safe(string value)
    {
        var safe = new StringBuilder(Math.Min(value.Length, MaxCharacters));
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            // A pair of surrogates is kept whole or not at all.
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
            if (safe.Length + consumed > MaxCharacters)
            {
                break;
            }

            safe.Append(status == System.Buffers.OperationStatus.Done && IsSafe(rune) ? rest[..consumed] : "_");
            rest = rest[consumed..];
        }

        return Ends(safe.ToString());
    }

    private static bool IsSafe(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not ('/' or '\\' or '%' or '?' or '#' or 0xFFFE or 0xFFFF);

    // A run of dots and spaces becomes one character, so the text does not grow.
    private static string Ends(string text)
    {
        var inner = text.Trim(' ', '.');
        var before = text.Length > 0 && text[0] is ' ' or '.' ? "_" : "";
        var after = inner.Length > 0 && text[^1] is ' ' or '.' ? "_" : "";
        return $"{before}{inner}{after}";
    }
}
