using System.Text;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Makes inputs of other inputs: the ways in which texts go wrong by chance, and those in which people make them go wrong.
/// </summary>
/// <param name="random">Decides; the same seed gives the same inputs.</param>
/// <param name="tokens">What the parser looks for.</param>
/// <param name="maxCharacters">The longest input.</param>
internal sealed class Mutator(Random random, IReadOnlyList<string> tokens, int maxCharacters)
{
    /// <summary>What parsers trip over: ends of ranges, what looks like something else, what has no meaning alone.</summary>
    public static IReadOnlyList<string> Edges { get; } =
    [
        "\0", "\t", "\r", "\n", "\r\n", " ", "\u007F", "\u0085", "\u00A0", "\u00FF", "\u00E9", "\u00C3\u00A9", "\u0130", "\u017F", "\u212A",
        "\u200B", "\u200D", "\u202E", "\u2028", "\uFEFF", "\uFF0F", "\uFFFD", "\uFFFE", "\uFFFF", "\uD800", "\uDC00", "\uDC00\uD800",
        "\U0001F600", "\u00C0\u00AF", "\u00ED\u00A0\u0080", "\"", "\\", "\\\"", "'", "/", "//", "..", "%", "%2F", "%2e", "%00", "%ff",
        "%25", "%c0%af", "*", "?", "#", "&", "=", ";", ",", ":", "<", ">", "(", ")", "{", "}", "[", "]", "~", "~0", "~1", "+", "-", "-1",
        "0", "00", "1", "255", "256", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "1e9", "0x1", "NaN", "null", "AAAA", "====", "\u0661",
    ];

    /// <summary>An input that comes of another one by a few changes.</summary>
    /// <param name="pool">Inputs to take from.</param>
    public string Next(IReadOnlyList<string> pool)
    {
        var text = new StringBuilder(pool[random.Next(pool.Count)]);
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            Change(text, pool);
        }

        return text.ToString(0, Math.Min(text.Length, maxCharacters));
    }

    private void Change(StringBuilder text, IReadOnlyList<string> pool)
    {
        var at = random.Next(text.Length + 1);
        var count = Math.Min(text.Length - at, 1 + random.Next(random.Next(2) == 0 ? 2 : 16));
        switch (random.Next(10))
        {
            case 0 when at < text.Length:
                text[at] ^= (char)(1 << random.Next(random.Next(4) > 0 ? 7 : 16));
                break;
            case 1 when at < text.Length:
                text[at] = (char)random.Next(random.Next(3) switch { 0 => 128, 1 => 256, _ => 65_536 });
                break;
            case 2:
                text.Remove(at, count);
                break;
            case 3:
                text.Insert(at, text.ToString(at, count), 1 + random.Next(8));
                break;
            case 4:
                text.Insert(at, Edges[random.Next(Edges.Count)]);
                break;
            case 5:
                Splice(text, at, pool[random.Next(pool.Count)]);
                break;
            case 6:
                text.Length = at;
                break;
            case 7 when at < text.Length:
                text[at] = char.IsAsciiLetterLower(text[at]) ? char.ToUpperInvariant(text[at]) : char.ToLowerInvariant(text[at]);
                break;
            default:
                text.Insert(at, tokens.Count > 0 ? tokens[random.Next(tokens.Count)] : Edges[random.Next(Edges.Count)]);
                break;
        }
    }

    private void Splice(StringBuilder text, int at, string other)
    {
        var from = random.Next(other.Length + 1);
        text.Length = at;
        text.Append(other, from, other.Length - from);
    }
}
