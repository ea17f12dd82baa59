using System.Text;
using System.Text.RegularExpressions;
using Sluice.MediaTypes;

namespace Sluice.Routing.Conditions;

/// <summary>
/// A path pattern in which <c>*</c> stands for any characters except a slash, and <c>**</c> for any characters, or none. A segment that is
/// <c>**</c> also matches no segment at all: <c>a/**/b</c> matches <c>a/b</c>. Case-sensitive, like blob names.
/// </summary>
internal sealed class PathGlob(string text) : IPattern
{
    private readonly Regex _regex = new(Expression(text), TextPattern.Options);

    public string Text => text;

    /// <summary>Returns why a text is not a valid path glob, or null.</summary>
    public static string? Problem(string text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => "the path is blank; '**' matches any path",
        ['/', ..] => "the path must not begin with a slash",
        _ when text.Contains("***", StringComparison.Ordinal) =>
            "'*' matches within a segment, '**' matches across segments, and '***' is not allowed",
        _ when text.Contains("//", StringComparison.Ordinal) => "segments of a path are never empty, so this would match nothing",
        _ => null,
    };

    public bool Matches(string value) => _regex.IsMatch(value);

    private static string Expression(string text)
    {
        var expression = new StringBuilder(@"\A");
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("**/") && (at == 0 || text[at - 1] == '/'))
            {
                expression.Append("(?:.*/)?");
                at += 3;
            }
            else if (rest.StartsWith("**"))
            {
                expression.Append(".*");
                at += 2;
            }
            else
            {
                expression.Append(rest[0] == '*' ? "[^/]*" : Regex.Escape(text[at..(at + 1)]));
                at++;
            }
        }

        return expression.Append(@"\z").ToString();
    }
}
