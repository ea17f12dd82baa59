using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Sluice.MediaTypes;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Content-Type.</summary>
internal static partial class TypeFields
{
    private const string Token = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]+";
    private const string Name = @"[!#$%&'+\-.^_`|~0-9A-Za-z]+";
    private const string Quoted = @"""(?:[ !#-\[\]-~]|\\[ -~])*""";

    public static FuzzTarget Field { get; } = new(
        "Media type", "grammar of RFC 9110 as a regular expression; Microsoft.Net.Http.Headers reads the same; parsed twice it is the same")
    {
        Seeds = ["text/plain; charset=utf-8", "multipart/form-data; boundary=\"a b\\\"\"", "image/svg+xml", "TEXT/HTML ;; a=b ; c=\"\""],
        Tokens = ["/", ";", "; ", "=", "\"", "\\", ",", "*", "text/html", "charset=", " ", "\t", "a=b", "xml", "+xml"],
        Grammar = new(
            ("field", ["<ows><name>/<name><params><ows>", "<name>/<name>, <name>/<name>"]),
            ("name", ["text", "html", "SVG+xml", "x", "*", "a.b"]),
            ("params", ["", "<ows>;<ows><name>=<value><params>", ";<params>"]),
            ("value", ["x", "\"<quoted>\"", "UTF-8", ""]),
            ("quoted", ["", "a b", "\\\"", "\\\\", ";", "\t"]),
            ("ows", ["", " ", "\t"])),
        Parse = static text => _ = MediaTypeField.Parse(text),
        Check = static text =>
        {
            var (parsed, match) = (MediaTypeField.Parse(text), Grammatical().Match(text));
            var names = match.Groups["p"].Captures.Select(static capture => capture.Value.ToLowerInvariant()).ToList();
            if (parsed is null)
            {
                return match.Success && names.Distinct().Count() == names.Count ? "it is one" : null;
            }

            return !match.Success || names.Distinct().Count() != names.Count ? $"it is none, and is read as {parsed}"
                : MediaTypeField.Parse(parsed) != parsed ? "it is another one the second time"
                : MediaTypeHeaderValue.TryParse(parsed, out var read) && read.MediaType == match.Groups["t"].Value.ToLowerInvariant()
                    && read.Parameters.Select(static one => one.Name.ToString()).SequenceEqual(names)
                    ? null
                : $"'{parsed}' is read by others as {read?.ToString() ?? "none"}";
        },
    };

    [GeneratedRegex(
        $@"\A[ \t]*(?<t>{Name}/{Name})[ \t]*(?:;[ \t]*(?:(?<p>{Token})=(?:{Token}|{Quoted})[ \t]*)?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammatical();
}
