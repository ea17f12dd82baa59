using System.Buffers;
using System.Text;
using Sluice.Failures;

namespace Sluice.MediaTypes;

/// <summary>
/// Reads <c>Content-Type</c> by its grammar (RFC 9110, section 8.3.1): one media type, with or without parameters. Of several values joined
/// by commas, browsers take the last (https://fetch.spec.whatwg.org/#concept-header-extract-mime-type), and others the first. So a field
/// with several values can mean one thing to the code that checks it and another to the code that uses it. Sluice refuses it, and every
/// entry point reads the field through this class.
/// </summary>
internal static class MediaTypeField
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // RFC 9110, section 5.6.2. A type or subtype with '*' would be a range of types, as in Accept.
    private static readonly SearchValues<char> _token = SearchValues.Create($"!#$%&'*+-.^_`|~{Alphanumeric}");
    private static readonly SearchValues<char> _name = SearchValues.Create($"!#$%&'+-.^_`|~{Alphanumeric}");

    /// <summary>Reads the lines of the field. Null if nothing was declared: the field is absent or blank.</summary>
    public static Result<string?> Read(IReadOnlyList<string?> lines)
    {
        if (lines.All(string.IsNullOrWhiteSpace))
        {
            return (string?)null;
        }

        return lines.Count == 1 && Parse(lines[0]) is { } mediaType
            ? mediaType
            : new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                "Content-Type must be a single media type, such as text/plain; charset=utf-8 (RFC 9110, section 8.3.1).");
    }

    /// <summary>
    /// The canonical form of a media type: names in lower case, one <c>; </c> before each parameter, values unchanged. Null if the text is
    /// not a media type.
    /// </summary>
    public static string? Parse(string? text)
    {
        var left = text.AsSpan().Trim(" \t");
        var canonical = new StringBuilder(left.Length);
        if (!Take(ref left, _name, canonical) || !Take(ref left, '/', canonical) || !Take(ref left, _name, canonical))
        {
            return null;
        }

        var parameters = new HashSet<string>(StringComparer.Ordinal);
        while ((left = left.TrimStart(" \t")).Length > 0)
        {
            if (!Take(ref left, ';', null))
            {
                return null;
            }

            // A semicolon without a parameter is allowed (section 5.6.6).
            left = left.TrimStart(" \t");
            if (left.Length == 0 || left[0] == ';')
            {
                continue;
            }

            canonical.Append("; ");
            var start = canonical.Length;
            if (!Take(ref left, _token, canonical) || !parameters.Add(canonical.ToString(start, canonical.Length - start))
                || !Take(ref left, '=', canonical) || !TakeValue(ref left, canonical))
            {
                return null;
            }
        }

        return canonical.ToString();
    }

    private static bool Take(ref ReadOnlySpan<char> left, char expected, StringBuilder? to)
    {
        if (left.Length == 0 || left[0] != expected)
        {
            return false;
        }

        to?.Append(expected);
        left = left[1..];
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> left, SearchValues<char> characters, StringBuilder to)
    {
        var token = Token(ref left, characters);
        foreach (var character in token)
        {
            to.Append(char.ToLowerInvariant(character));
        }

        return token.Length > 0;
    }

    private static ReadOnlySpan<char> Token(ref ReadOnlySpan<char> left, SearchValues<char> characters)
    {
        var end = left.IndexOfAnyExcept(characters);
        var token = end < 0 ? left : left[..end];
        left = left[token.Length..];
        return token;
    }

    // A token, or a quoted string of printable ASCII (section 5.6.4): nothing else can be stored.
    private static bool TakeValue(ref ReadOnlySpan<char> left, StringBuilder to)
    {
        if (left.Length == 0 || left[0] != '"')
        {
            var token = Token(ref left, _token);
            to.Append(token);
            return token.Length > 0;
        }

        for (var at = 1; at < left.Length && left[at] is >= ' ' and <= '~'; at++)
        {
            if (left[at] == '"')
            {
                to.Append(left[..(at + 1)]);
                left = left[(at + 1)..];
                return true;
            }

            if (left[at] == '\\' && (++at == left.Length || left[at] is < ' ' or > '~'))
            {
                return false;
            }
        }

        return false;
    }
}
