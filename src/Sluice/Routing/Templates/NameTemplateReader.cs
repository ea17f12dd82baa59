using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sluice.Names;
using Sluice.Peek;

namespace Sluice.Routing.Templates;

/// <summary>
/// Parses a template: text, and parts in braces. Doubled braces stand for literal braces; they can't be used within a part.
/// </summary>
internal static class NameTemplateReader
{
    private const string Known = "the placeholders are {path}, {date:FORMAT}, {id}, {sha256}, {json:/pointer}, {header:NAME}, "
        + "{caller:id} and {claim:NAME}";

    public static bool TryRead(
        string text, [NotNullWhen(true)] out IReadOnlyList<NamePart>? parts, [NotNullWhen(false)] out string? problem)
    {
        var read = new List<NamePart>();
        var literal = new StringBuilder();
        parts = null;
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest[0] is not ('{' or '}') || rest is ['{', '{', ..] or ['}', '}', ..])
            {
                literal.Append(rest[0]);
                at += rest[0] is '{' or '}' ? 2 : 1;
                continue;
            }

            var end = rest.IndexOf('}');
            if (rest[0] == '}' || end < 0 || rest[1..end].Contains('{'))
            {
                problem = "a brace is not part of a placeholder; double it if it is literal text";
                return false;
            }

            Flush(literal, read);
            if (Part(rest[1..end].ToString(), out problem) is not { } part)
            {
                problem ??= Known;
                return false;
            }

            read.Add(part);
            at += end + 1;
        }

        Flush(literal, read);
        parts = read;
        problem = null;
        return true;
    }

    private static void Flush(StringBuilder literal, List<NamePart> parts)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(literal.ToString()));
            literal.Clear();
        }
    }

    private static NamePart? Part(string written, out string? problem)
    {
        problem = null;
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        var argument = colon < 0 ? null : written[(colon + 1)..];
        return (colon < 0 ? written : written[..colon], argument) switch
        {
            ("path", null) => new PathPart(),
            ("id", null) => new IdPart(),
            ("sha256", null) => new Sha256Part(),
            ("date", { Length: > 0 }) => Date(argument, out problem),
            ("json", not null) => Json(argument, out problem),
            ("header", { Length: > 0 }) => Header(argument, out problem),
            ("caller", "id") => new CallerPart(),
            ("claim", { Length: > 0 }) => new ClaimPart(argument),
            _ => null,
        };
    }

    private static DatePart? Date(string format, out string? problem)
    {
        var part = new DatePart(format);
        try
        {
            problem = null;
            _ = part.Sample(DateTimeOffset.UnixEpoch);
            return part;
        }
        catch (FormatException)
        {
            problem = $"'{format}' is not a date format";
            return null;
        }
    }

    private static JsonPart? Json(string text, out string? problem)
    {
        problem = JsonPointer.TryParse(text, out var pointer) ? null : $"'{text}' is no JSON Pointer (RFC 6901)";
        return pointer is null ? null : new JsonPart(pointer);
    }

    private static HeaderPart? Header(string name, out string? problem)
    {
        problem = !HeaderName.IsValid(name) ? $"'{name}' is not a valid header name"
            : Redaction.IsCredential(name) ? $"the header {name} contains a secret, which must not become part of a name"
            : null;
        return problem is null ? new HeaderPart(name) : null;
    }
}
