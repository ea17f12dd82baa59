using System.Globalization;
using Sluice.Diagnostics;
using Sluice.Names;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What of a stranger's text is written into a log or shown to a person.</summary>
internal static class Logs
{
    private static readonly string[] _tokens =
    [
        "\\u000A", "\r\n", "\u001B[31m", "\u202E", "\u2066", "\uFEFF", "\u200B", "\uD800", "\uDC00", "\U000E0001", "\U0001F600", "a",
        "\u2028", "\u0085"
    ];

    public static FuzzTarget Text { get; } = new(
        "Log text", "each character is kept or escaped; no remaining character affects lines, text direction or the cursor")
    {
        Seeds = ["plain text", "a\r\nb", "\u202Eabc", "\U0001F600\uD800"],
        Tokens = _tokens,
        Parse = static text => _ = LogText.Clean(text),
        Check = static text =>
        {
            var clean = LogText.Clean(text);
            return clean != Expected(text) ? $"it is written as \"{FuzzLiteral.Of(clean)}\""
                : LogText.Clean(clean) != clean ? "it is not clean"
                : LogText.IsClean(text) && clean != text ? "it is said to be clean, and is changed" : null;
        },
    };

    public static FuzzTarget Short { get; } = new(
        "Text that is shown", "at most 100 characters, without control characters or broken surrogates")
    {
        Seeds = ["plain text", new string('a', 100), new string('a', 99) + "\U0001F600", "a\r\n"],
        Tokens = [.. _tokens, new string('b', 50)],
        Parse = static text => _ = Redaction.Short(text),
        Check = static text =>
        {
            var shown = Redaction.Short(text);
            var broken = shown.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar)
                && !text.Contains('\uFFFD', StringComparison.Ordinal);
            return shown.Length > Redaction.MaxCharacters || shown.Any(char.IsControl) || broken
                ? $"it is shown as \"{FuzzLiteral.Of(shown)}\""
                : null;
        },
    };

    // By code points, with the framework's own idea of a pair.
    private static string Expected(string text) => string.Concat(Enumerable.Range(0, text.Length).Select(at =>
    {
        var pair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        var second = char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]);
        var category = char.IsSurrogate(text[at]) && !pair && !second
            ? UnicodeCategory.Control
            : CharUnicodeInfo.GetUnicodeCategory(text, second ? at - 1 : at);
        return category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            ? $"\\u{(int)text[at]:X4}" : text[at].ToString();
    }));
}
