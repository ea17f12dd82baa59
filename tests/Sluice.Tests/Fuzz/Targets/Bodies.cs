using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Peek;
using Sluice.Tests.Peek;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>The first bytes of a body.</summary>
internal static class Bodies
{
    private static readonly string[] _pointers = ["", "/a", "/a/b", "/0", "/a/1", "/b", "/\u00E9"];
    private static readonly JsonPointer[] _compiled =
    [
        .. _pointers.Select(static text => JsonPointer.TryParse(text, out var pointer) ? pointer : throw new FormatException(text))
    ];

    private static readonly Grammar _json = new(
        ("value", ["1", "{<members>}", "[<values>]", "\"<text>\"", "-0.5e+3", "true", "null", "{}", "[]"]),
        ("members", ["\"<key>\":<value>", "\"<key>\": <value>,<members>", "\"<key>\":<value> , \"<key>\":<value>"]),
        ("values", ["<value>", "<value>,<values>"]),
        ("key", ["a", "b", "\u00C3\u00A9", "\\u0061", "", "A"]),
        ("text", ["", "x", "\\n", "\\u00e9", "\\uD800", "\\ud83d\\ude00", "\u00C3\u00A9", "\u00FF"]));

    /// <summary>The first character says where the bytes are cut, and whether the body ends with them.</summary>
    public static FuzzTarget Json { get; } = new(
        "JSON value", "System.Text.Json, if the bytes are a valid document; the same result wherever they are split")
    {
        Seeds =
        [
            "\u0005{\"a\":{\"b\":\"c\"},\"b\":[1,2]}", "\u0000[1,\"x\",{\"a\":[true,null]}]", "\u0083{\"a\":1", "\u0001\"text\"",
            "\u0001{\"a\":\"\\u00e9\"}"
        ],
        Tokens =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\":", "\\u0061", "\\uD800", "1", "-", "1e5", "true", "nul", "\u00C3\u00A9", " ",
            "\u00EF\u00BB\u00BF"
        ],
        Grammar = new([("cut", ["\u0003<value>", "\u0000<value>", "\u0085<value>", "\u0011 <value> "]), .. _json.Rules]),
        MaxCharacters = 600,
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = JsonPeek.Find(
            new ReadOnlySequence<byte>(FuzzTarget.Bytes(text)[Math.Min(1, text.Length)..]), true, _compiled[2]),
        Check = CheckJson,
    };

    public static FuzzTarget Sniffed { get; } = new(
        "Content sniffer", "the same result wherever the bytes are split; what a browser would run gets its type by the WHATWG's rules")
    {
        Seeds = [.. SniffSamples.All.Select(
            static sample => "\u0007" + FuzzTarget.Text(sample.Body.AsSpan(0, Math.Min(sample.Body.Length, 1_500))))],
        Tokens =
        [
            "<html>", "<!DOCTYPE HTML ", "<script ", "<?xml", "<svg>", "<!--", " ", "\n", "%PDF-", "PK\u0003\u0004", "\u0000", "RIFF",
            "ftyp", "{\"", "[", "ustar", "<b>", "<A ", "MZ"
        ],
        MaxCharacters = 3_000,
        FixedBytes = 128 * 1024,
        Parse = static text => _ = ContentSniffer.Sniff(new ReadOnlySequence<byte>(FuzzTarget.Bytes(text)), true),
        Check = CheckSniffer,
    };

    private static string? CheckJson(string text)
    {
        var bytes = FuzzTarget.Bytes(text)[Math.Min(1, text.Length)..];
        var (cut, complete) = (text.Length == 0 ? 0 : text[0] % (bytes.Length + 1), text.Length == 0 || (text[0] & 0x80) == 0);
        using var document = Document(bytes);
        for (var i = 0; i < _compiled.Length; i++)
        {
            var whole = JsonPeek.Find(new ReadOnlySequence<byte>(bytes), complete, _compiled[i]);
            var pieces = JsonPeek.Find(SniffSegments.Cut(bytes, cut), complete, _compiled[i]);
            if (whole != pieces)
            {
                return $"'{_pointers[i]}' is {whole}, and {pieces} where it is cut at {cut}";
            }

            if (complete && document is not null && Expected(document.RootElement, _compiled[i]) is { } expected && expected != whole)
            {
                return $"'{_pointers[i]}' is {whole}, and should be {expected}";
            }

            if (complete && document is null && whole.Status is JsonPeekStatus.NotSeen && bytes.Length > 0)
            {
                return $"'{_pointers[i]}' may still come, and nothing does";
            }
        }

        return null;
    }

    private static string? CheckSniffer(string text)
    {
        var bytes = FuzzTarget.Bytes(text)[Math.Min(1, text.Length)..];
        var (cut, complete) = (text.Length == 0 ? 0 : text[0] * 7 % (bytes.Length + 1), text.Length == 0 || (text[0] & 1) == 0);
        var whole = ContentSniffer.Sniff(new ReadOnlySequence<byte>(bytes), complete);
        return whole != ContentSniffer.Sniff(SniffSegments.Cut(bytes, cut), complete)
            ? $"it is {whole}, and something else where it is cut at {cut}"
            : whole is null != (bytes.Length == 0) ? "it has no name"
            : BrowserSniffing.Runs(bytes) is { } runs && runs != whole ? $"a browser takes it for {runs}, and it is called {whole}"
            : whole is "text/html" or "text/xml" && BrowserSniffing.Runs(bytes) is null ? $"no browser takes it for {whole}" : null;
    }

    private static JsonDocument? Document(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Null where the document can't say: the text of a string that is no Unicode, a name that is twice there in escapes.
    private static JsonPeekResult? Expected(JsonElement root, JsonPointer pointer)
    {
        try
        {
            foreach (var token in pointer.Tokens)
            {
                var name = Encoding.UTF8.GetString(token.Name.Span);
                var next = root.ValueKind switch
                {
                    JsonValueKind.Object => root.EnumerateObject()
                        .Where(member => member.NameEquals(name))
                        .Select(static member => (JsonElement?)member.Value)
                        .FirstOrDefault(),
                    JsonValueKind.Array when token.Index is { } index =>
                        root.EnumerateArray().Select(static item => (JsonElement?)item).ElementAtOrDefault(index),
                    _ => null,
                };
                if (next is not { } found)
                {
                    return new JsonPeekResult(JsonPeekStatus.Missing);
                }

                root = found;
            }

            return new JsonPeekResult(JsonPeekStatus.Found, root.ValueKind, root.ValueKind switch
            {
                JsonValueKind.Object or JsonValueKind.Array => null,
                JsonValueKind.String => root.GetString(),
                _ => root.GetRawText(),
            });
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
