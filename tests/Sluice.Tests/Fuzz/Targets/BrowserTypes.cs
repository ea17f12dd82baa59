using System.Text.RegularExpressions;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>
/// What a browser takes a Content-Type for: "extract a MIME type" of Fetch over the parser of WHATWG MIME Sniffing, section 4.4,
/// without parameters.
/// </summary>
internal static partial class BrowserTypes
{
    // https://mimesniff.spec.whatwg.org/#javascript-mime-type
    private static readonly HashSet<string> _scripts =
    [
        "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript", "text/ecmascript",
        "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4",
        "text/javascript1.5", "text/jscript", "text/livescript", "text/x-ecmascript", "text/x-javascript",
    ];

    /// <summary>The type and subtype; null where there is none.</summary>
    public static string? Essence(string? field)
    {
        // Of several values the last that is one counts, and commas in quotes separate nothing.
        return Values().Matches(field ?? "").Select(static match => Parse(match.Value)).LastOrDefault(
            static type => type is not null and not "*/*");
    }

    /// <summary>Whether a document, or a script, of that type runs.</summary>
    public static bool Runs(string? essence) => essence is not null
        && (essence is "text/html" or "text/xml" or "application/xml" or "multipart/x-mixed-replace"
            || essence.EndsWith("+xml", StringComparison.Ordinal) || _scripts.Contains(essence));

    private static string? Parse(string value)
    {
        var match = Type().Match(value.Trim('\t', '\n', '\r', ' '));
        return match.Success ? match.Groups[1].Value.ToLowerInvariant() : null;
    }

    [GeneratedRegex("""(?:"(?:\\.|[^"\\])*"?|[^",])+""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Values();

    [GeneratedRegex(@"\A([!#$%&'*+\-.^_`|~0-9A-Za-z]+/[!#$%&'*+\-.^_`|~0-9A-Za-z]+)[\t\n\r ]*(?:;|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Type();
}
