using System.Text.RegularExpressions;
using Sluice.MediaTypes;
using Sluice.Peek;
using Sluice.Routing.Conditions;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Tests.Routing;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>
/// Patterns of the settings, and what of requests they match: the pattern is before the first line end, the value behind it.
/// </summary>
internal static partial class Patterns
{
    private const string Both = "\n";

    private static readonly (string Text, PathGlob Glob)[] _globs =
    [
        .. ((string[])["a/**/b", "**", "*.txt", "in/*/x", "**/x", "a*b*c*d", "a/**", "**a**"])
            .Select(static text => (text, new PathGlob(text)))
    ];

    public static FuzzTarget Path { get; } = new("Path glob", "a matcher that tries everything")
    {
        Seeds = ["a/x/y/b", "a/b", "in/1/x", "x.txt", "axxbxxcxxd"],
        Tokens = ["a", "b", "/", "x", "a/", "/b", ".txt", "in/", "\n", "c", "d"],
        MaxCharacters = 60,
        FixedBytes = 2 << 20,
        Parse = static text => _ = _globs.Count(glob => glob.Glob.Matches(text)),
        Check = static text => _globs.Where(glob => glob.Glob.Matches(text) != Matches(glob.Text, text, 0, 0))
            .Select(static glob => $"{glob.Text} does the opposite")
            .FirstOrDefault(),
    };

    public static FuzzTarget Compiled { get; } = new("Path glob and pattern as configured", "a matcher that tries everything")
    {
        Seeds = ["a/**/b\na/b", "*.txt\nx.txt", "\\*[x]\n\\*[x]", "image/*\nimage/png"],
        Tokens = ["*", "**", "/", "**/", "/**", "\n", "a", "b", ".", "(", "\\", "[a-z]", "$", "^", "+", " ", "#"],
        MaxCharacters = 24,
        IsMeasured = false,
        Costs = 50,
        FixedBytes = 4 << 20,
        Parse = static _ => { },
        Check = static text =>
        {
            var at = text.IndexOf(Both, StringComparison.Ordinal);
            var (pattern, value) = at < 0 ? (text, text) : (text[..at], text[(at + 1)..]);
            return TextPattern.Problem(pattern) is null && new TextPattern(pattern).Matches(value) != Simple(pattern, value)
                ? "the pattern does the opposite"
                : PathGlob.Problem(pattern) is null && new PathGlob(pattern).Matches(value) != Matches(pattern, value, 0, 0)
                    ? "the glob does the opposite"
                    : null;
        },
    };

    public static FuzzTarget Pointer { get; } = new("JSON Pointer", "inverse: its tokens, escaped and joined, give the pointer")
    {
        Seeds = ["", "/a/b", "/a~1b/~0", "/0/12", "//"],
        Tokens = ["/", "~0", "~1", "~", "0", "01", "a", "2147483648"],
        BytesPerCharacter = 256,
        Parse = static text => _ = JsonPointer.TryParse(text, out _),
        Check = static text => !JsonPointer.TryParse(text, out var pointer)
            ? (text.Length > 0 && text[0] != '/')
                || text.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal)
                    .Contains('~', StringComparison.Ordinal)
                || text.Contains('~', StringComparison.Ordinal)
                ? null
                : "it is one"
            : string.Concat(pointer.Tokens.Select(static token =>
                "/" + Utf8(token.Name.Span).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)))
                == Utf8(System.Text.Encoding.UTF8.GetBytes(text))
            ? null
            : "it is another one",
    };

    public static FuzzTarget MediaType { get; } = new(
        "Media type pattern", "a type matches itself in any case; a pattern that has no star matches one type")
    {
        Seeds = ["image/*", "application/*+json", "image/jpg", "text/html"],
        Tokens = ["*", "/", "image", "jpg", "xml", "+", ";", " "],
        MaxCharacters = 40,
        IsMeasured = false,
        Costs = 50,
        FixedBytes = 4 << 20,
        Parse = static _ => { },
        Check = static text =>
        {
            var problems = new List<string>();
            var compiled = MediaTypePattern.Compile([text], "Allow", new SettingProblems("it", null, problems));
            return compiled.Count + problems.Count != 1 ? "it is neither taken nor reported"
                : compiled is [var pattern] && MediaTypeField.Parse(text) is { } type && !pattern.Matches(type)
                    ? "it does not match itself"
                    : null;
        },
    };

    public static FuzzTarget Magic { get; } = new(
        "Bytes of a condition", "pairs of digits as a regular expression; a body that begins with the bytes is taken")
    {
        Seeds = ["25504446", "50 4B 03 04", "ff"],
        Tokens = ["0", "f", "F", " ", "\t", "0x", "\u0661", "g", "25"],
        IsMeasured = false,
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Compile(text, []),
        Check = static text =>
        {
            var problems = new List<string>();
            var table = Compile(text, problems);
            return problems.Count == 0 != Hex().IsMatch(text) ? "it is the other way round"
                : problems.Count == 0
                    && !table.Decide(new Ask { Head = new(Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal))) })
                        .TryGet(out _, out _)
                    ? "they are not found"
                    : null;
        },
    };

    private static RouteTable Compile(string hex, List<string> problems) =>
        RouteTable.Compile([Rules.Store("only", new() { Magic = { new() { Hex = hex } } })], Rules.Containers, Rules.Targets, problems);

    private static string Utf8(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    private static bool Simple(string pattern, string value) => pattern.Length == 0 ? value.Length == 0
        : pattern[0] == '*' ? Enumerable.Range(0, value.Length + 1).Any(skip => Simple(pattern[1..], value[skip..]))
        : value.Length > 0 && value[0] == pattern[0] && Simple(pattern[1..], value[1..]);

    private static bool Matches(string glob, string path, int at, int from)
    {
        if (at == glob.Length)
        {
            return from == path.Length;
        }

        var rest = glob.AsSpan(at);
        if (rest.StartsWith("**/") && (at == 0 || glob[at - 1] == '/'))
        {
            return Matches(glob, path, at + 3, from)
                || Enumerable.Range(from, path.Length - from).Any(end => path[end] == '/' && Matches(glob, path, at + 3, end + 1));
        }

        if (rest[0] == '*')
        {
            var many = rest.StartsWith("**");
            for (var end = from; end <= path.Length; end++)
            {
                if (Matches(glob, path, at + (many ? 2 : 1), end))
                {
                    return true;
                }

                if (!many && end < path.Length && path[end] == '/')
                {
                    return false;
                }
            }

            return false;
        }

        return from < path.Length && path[from] == glob[at] && Matches(glob, path, at + 1, from + 1);
    }

    [GeneratedRegex(@"\A *(?:[0-9A-Fa-f] *[0-9A-Fa-f] *)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();
}
