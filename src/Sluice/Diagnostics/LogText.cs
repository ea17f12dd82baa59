using System.Globalization;
using System.Text;

namespace Sluice.Diagnostics;

/// <summary>
/// External text on its way into a log: a name, a path, a reason. Characters that could end a line, hide text, reverse its direction or
/// control a terminal are written as escapes (<c>\u000A</c>), so that nobody can forge log lines. Every text parameter of a log message has
/// this type; a test enforces it.
/// </summary>
internal readonly struct LogText(string? text)
{
    private readonly string? _text = text;

    public static implicit operator LogText(string? text) => new(text);

    /// <summary>The text with escapes. Computed only when it is logged.</summary>
    public override string ToString() => Clean(_text ?? "");

    /// <summary>Whether the text can be logged unchanged.</summary>
    public static bool IsClean(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // The rune either replaces a broken surrogate or was sent as such: the slower path finds out.
            if (!IsPlain(rune) || rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc cref="ToString"/>
    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var plain = Rune.DecodeFromUtf16(rest, out var rune, out var consumed) == System.Buffers.OperationStatus.Done && IsPlain(rune);
            foreach (var unit in rest[..consumed])
            {
                _ = plain ? clean.Append(unit) : clean.Append("\\u").Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture));
            }

            rest = rest[consumed..];
        }

        return clean.ToString();
    }

    // Control: C0, DEL, C1. Format: direction and its overrides, zero width, byte order marks. The separators are U+2028 and U+2029.
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
