using System.Text;
using System.Text.RegularExpressions;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Routing.Templates;
using Sluice.Tests.Routing;
using Sluice.Webhooks;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Names of blobs, of containers and of events, and what of a sender's value becomes a part of one.</summary>
internal static partial class BlobNames
{
    // Of any value the same; a part of one value is never that of another one.
    private static readonly Dictionary<string, string> _parts = [];
    private static readonly Dictionary<string, string> _events = [];

    private static readonly string _long = new('x', 198);

    private static readonly string[] _tokens =
    [
        "/", "//", "..", ".", "%2F", "%2f", "\\", "a", " ", "_", "~", "~_", _long, $".{new string('0', 64)}", "\uD83D\uDE00", "\uD83D",
        "e\u0301", "\u00E9"
    ];

    public static FuzzTarget Blob { get; } = new("Blob name", "the rules as one regular expression")
    {
        Seeds = ["a/b.txt", "a", "x/\u00E9/\uD83D\uDE00 y", new string('a', 1024), string.Join('/', Enumerable.Repeat("a", 254))],
        Tokens = [.. _tokens, "/a", new string('b', 1000)],
        MaxCharacters = 1_100,
        Parse = static text => _ = BlobName.Problem(text),
        Check = static text => BlobName.Problem(text) is null == IsBlob(text)
            ? null
            : $"it is said to be {BlobName.Problem(text) ?? "one"}",
    };

    public static FuzzTarget Container { get; } = new("Container name", "the rules as one regular expression")
    {
        Seeds = ["inbox", "$root", "a-b-c", new string('a', 63)],
        Tokens = ["-", "--", "a", "A", "0", "$web"],
        Parse = static text => _ = ContainerName.IsValid(text),
        Check = static text => ContainerName.IsValid(text) == ContainerField().IsMatch(text) ? null : "it is the other way round",
    };

    public static FuzzTarget Part { get; } = new(
        "Part of a name", "different values never produce equal parts, even if one was made from another; a blob's name can contain it")
    {
        Seeds = ["a.txt", "a/b", "..", " a ", _long, $"{_long}/{_long}", $"a.{new string('0', 64)}"],
        Tokens = _tokens,
        MaxCharacters = 500,
        Parse = static text => _ = NameValue.Safe(text),
        Check = static text =>
        {
            var part = NameValue.Safe(text);
            return part.Contains('/', StringComparison.Ordinal) || BlobName.Problem(part) is not null
                || part.Length > NameValue.MaxCharacters
                ? $"'{part}' is no part of a name"
                : Clash(_parts, part, text) ?? Clash(_parts, NameValue.Safe(part), part);
        },
    };

    public static FuzzTarget Event { get; } = new("Event id", "equal ids have equal deliveries; it has no full stop")
    {
        Seeds = ["evt_1", "a.b", "~_", "a_b", "."],
        Tokens = [.. _tokens, ".", "_"],
        Parse = static text => _ = EventId.Of("it", text, null),
        Check = static text =>
        {
            var id = EventId.Of("it", text, null);
            return id.Contains('.', StringComparison.Ordinal)
                ? "it has a full stop"
                : Clash(_events, id, text) ?? Clash(_events, EventId.Of("it", text, ".0f"), text + "\0suffix");
        },
    };

    public static FuzzTarget Template { get; } = new(
        "Name template", "the reader as one regular expression; the name that it makes consists of the values of its parts")
    {
        Seeds = ["{id}/{path}", "in/{date:yyyy/MM/dd}/{header:X}.json", "{json:/a/b}{{x}}", "{sha256}", "{caller:id}/{claim:tid}"],
        Tokens =
        [
            "{", "}", "{{", "}}", "{id}", "{path}", "{sha256}", "{date:", "yyyy", "{json:/", "{header:", "{caller:id}", "{claim:", "X}",
            "a", "/", "~1", ":",
        ],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = NameTemplate.TryParse(text, static _ => null, out _, out _),
        Check = static text =>
        {
            var parsed = NameTemplate.TryParse(text, static _ => null, out var template, out var problem);
            var shaped = TemplateText().IsMatch(text);
            return parsed && !shaped ? "it is none"
                : !parsed ? (problem is { Length: > 0 } ? null : "nobody says why not")
                : template!.Fill(new Ask { Headers = new() { ["X"] = "v" } }.Evidence).TryGet(out var name, out var failure)
                    && Plain().IsMatch(text)
                    && name != text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)
                    ? $"it makes '{name}'"
                : failure is null or { Kind: FailureKind.NameUnavailable } ? null : $"it fails as {failure.Kind}";
        },
    };

    // Only some are kept: a million would be in nobody's interest.
    private static string? Clash(Dictionary<string, string> known, string made, string of)
    {
        if (known.TryGetValue(made, out var other))
        {
            return other == of ? null : $"'{FuzzLiteral.Of(made)}' is that of \"{FuzzLiteral.Of(other)}\" too";
        }

        if (known.Count < 200_000)
        {
            known.Add(made, of);
        }

        return null;
    }

    private static bool IsBlob(string text)
    {
        var utf16 = new UnicodeEncoding(false, false, throwOnInvalidBytes: true);
        try
        {
            _ = utf16.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return false;
        }

        return text.Length is > 0 and <= 1024 && text.Count(static c => c == '/') < 254 && BlobField().IsMatch(text);
    }

    [GeneratedRegex(
        @"\A(?!.*%2[Ff])(?:[^/\\\p{Cc}\uFFFE\uFFFF]*[^/\\.\p{Cc}\uFFFE\uFFFF])(?:/[^/\\\p{Cc}\uFFFE\uFFFF]*[^/\\.\p{Cc}\uFFFE\uFFFF])*\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex BlobField();

    [GeneratedRegex(@"\A(?:\$root|\$web|(?=.{3,63}\z)[a-z0-9]+(?:-[a-z0-9]+)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerField();

    [GeneratedRegex(
        @"\A(?:[^{}]|\{\{|\}\}|\{(?:path|id|sha256|date:[^{}]+|json:[^{}]*|header:[^{}]+|caller:id|claim:[^{}]+)\})*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex TemplateText();

    [GeneratedRegex(@"\A(?:[^{}]|\{\{|\}\})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
