using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Fuzz;

/// <summary>An input in printable ASCII: as reports print it, as a line of the corpus has it, and as C# reads it between quotes.</summary>
internal static partial class FuzzLiteral
{
    public static string Of(string input)
    {
        var text = new StringBuilder(input.Length);
        foreach (var c in input)
        {
            _ = c is >= ' ' and <= '~' and not ('"' or '\\')
                ? text.Append(c)
                : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return text.ToString();
    }

    public static string Read(string literal) => Escape().Replace(
        literal,
        static match => ((char)ushort.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            .ToString());

    [GeneratedRegex(@"\\u([0-9A-F]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
