using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Digests;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Structured fields, against their ABNF (RFC 9651, appendix C) as one regular expression.</summary>
internal static partial class StructuredFields
{
    private const string Base64Letters = "A-Za-z0-9+/";
    private const string Token = @"[A-Za-z*][!#$%&'*+\-.^_`|~:/0-9A-Za-z]*";
    private const string Key = @"[a-z*][a-z0-9_\-.*]*";
    private const string Number = @"(?:-?[0-9]{1,12}\.[0-9]{1,3}(?![0-9])|-?[0-9]{1,15}(?![0-9.]))";
    private const string Text = @"""(?:[ !#-\[\]-~]|\\[""\\])*""";
    private const string Bytes = $":(?<b>[{Base64Letters}]*)=*:";
    private const string Display = @"%""(?<d>(?:[ !#$&-~]|%[0-9a-f]{2})*)""";
    private const string Bare = $@"(?:{Number}|{Text}|{Token}|{Bytes}|\?[01]|@-?[0-9]{{1,15}}(?![0-9.])|{Display})";
    private const string Parameters = $"(?:; *{Key}(?:={Bare})?)*";
    private const string Inner = $@"\( *(?:{Bare}{Parameters}(?: +{Bare}{Parameters})* *)?\)";
    private const string Member = $"(?<k>{Key})(?:=(?<v>{Inner}|{Bare})|(?<v>)){Parameters}";

    private static readonly Grammar _grammar = new(
        ("fields", ["<member>", "<member><ows>,<ows><fields>", "<member>, <member>", "sha-256=:<b64>:<params>"]),
        ("member", ["<key>=<bare><params>", "<key>", "<key><params>", "<key>=(<bare> <bare>;<key>)", "<key>=()", "<key>=( <bare> )<params>"]),
        ("key", ["a", "b", "*", "a1_-.*", "sha-256", "sha-512", "z*"]),
        ("bare", ["1", "<digit><digit>.<digit>", "-<digit>", "?1", "?0", "\"<text>\"", "tok", "*/:", ":<b64>:", "@<digit>", "%\"<display>\"", "999999999999999", "1000000000000000", "999999999999.999", "1.1234"]),
        ("params", ["", ";x", "; x=<bare>", ";a=1;  a"]),
        ("ows", ["", " ", "\t", " \t "]),
        ("digit", ["0", "1", "9", "12"]),
        ("text", ["", "a b", "\\\"", "\\\\", "\\a"]),
        ("b64", ["", "QQ==", "QUJD", "QUI", "Q", "QR==", "QQ=", "QUJD="]),
        ("display", ["", "a", "%e2%82%ac", "%E2", "%ff", "%00"]));

    private static readonly string[] _tokens =
    [
        "=", ":", ";", ", ", ",", "(", ")", "?1", "%\"", "\"", "\\\"", "@", "*", "-", ".", "sha-256=:", "AA==", "%e2%82%ac", "a=1,", ";a",
        "(a ", " ", "\t"
    ];

    public static FuzzTarget Dictionary { get; } = new("Structured field dictionary", "ABNF of RFC 9651 as a regular expression")
    {
        Seeds = ["sha-256=:AAAA:, sha-512=:QUJD:;x=1", "a=1, b=?0;c=\"d\\\"\", e=(f \"g\" 1.5);h", "a=%\"%e2%82%ac\", b=@-1, c", ""],
        Tokens = _tokens,
        Grammar = _grammar,
        Parse = static text => _ = StructuredDictionary.TryParse([text], out _),
        Check = CheckDictionary,
    };

    public static FuzzTarget Item { get; } = new("Structured field item", "ABNF of RFC 9651 as a regular expression")
    {
        Seeds = ["?1", "1234;a=b", ":AAAA:", "-5 ", " \"x\"", "?0;x=?1"],
        Tokens = _tokens,
        Grammar = new([("item", ["<bare><params>", " <bare><params> "]), .. _grammar.Rules]),
        Parse = static text => _ = StructuredField.Item([text]),
        Check = CheckItem,
    };

    private static string? CheckDictionary(string text)
    {
        var match = DictionaryField().Match(text);
        var valid = match.Success && IsEncoded(match);
        if (StructuredDictionary.TryParse([text], out var members) != valid)
        {
            return $"it is {(valid ? "" : "not ")}a dictionary";
        }

        var expected = new Dictionary<string, string>();
        for (var i = 0; valid && i < match.Groups["k"].Captures.Count; i++)
        {
            expected[match.Groups["k"].Captures[i].Value] = match.Groups["v"].Captures[i].Value;
        }

        return !valid
            || (expected.Count == members.Count
                && members.All(member => expected.TryGetValue(member.Key, out var value) && Same(value, member.Value)))
            ? null
            : "its members are other ones";
    }

    private static string? CheckItem(string text)
    {
        var (match, item) = (ItemField().Match(text), StructuredField.Item([text]));
        return (match.Success && IsEncoded(match) ? Same(match.Groups["v"].Value, item) : item == default)
            ? null
            : "the item is another one";
    }

    // What is written is what was read, of the four types that are kept.
    private static bool Same(string written, StructuredItem item) => written switch
    {
        ['?', var bit] => item == new StructuredItem(Boolean: bit == '1'),
        ['"', .. var text, '"'] => item == new StructuredItem(Text: Escaped().Replace(text, "$1")),
        [':', ..] => item.Bytes is { } bytes && Digits(Convert.ToBase64String(bytes)) == Digits(written.Trim(':')),
        ['-' or (>= '0' and <= '9'), ..] when !written.Contains('.', StringComparison.Ordinal) =>
            item == new StructuredItem(Integer: long.Parse(written, CultureInfo.InvariantCulture)),
        _ => item == default,
    };

    // The bits behind the last byte mean nothing.
    private static string Digits(string base64) => base64.TrimEnd('=') is { Length: > 0 } digits ? digits[..^1] : "";

    private static bool IsEncoded(Match match) =>
        match.Groups["b"].Captures.All(static capture => capture.Length % 4 != 1)
        && match.Groups["d"].Captures.All(static capture => IsUtf8(capture.Value));

    private static bool IsUtf8(string display)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < display.Length; i++)
        {
            bytes.Add(display[i] == '%' ? Convert.FromHexString(display.AsSpan(i + 1, 2))[0] : (byte)display[i]);
            i += display[i] == '%' ? 2 : 0;
        }

        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString([.. bytes])).SequenceEqual(bytes);
    }

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();

    [GeneratedRegex(@$"\A *(?:{Member}(?:[ \t]*,[ \t]*{Member})*[ \t]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DictionaryField();

    [GeneratedRegex(@$"\A *(?<v>{Bare}){Parameters} *\z", RegexOptions.CultureInvariant)]
    private static partial Regex ItemField();
}
