using System.Text.RegularExpressions;

namespace Sluice.MediaTypes;

/// <summary>A text in which <c>*</c> stands for any characters, or none. Case-sensitive.</summary>
internal sealed class TextPattern(string text) : IPattern
{
    // Without backtracking, because clients choose the text:
    // https://learn.microsoft.com/dotnet/standard/base-types/backtracking-in-regular-expressions
    internal const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private readonly Regex _regex = new($@"\A{Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", Options);

    public string Text => text;

    /// <summary>Returns why a text is not a pattern, or null.</summary>
    public static string? Problem(string? text) => string.IsNullOrWhiteSpace(text) ? "the pattern is blank; '*' matches any value" : null;

    public bool Matches(string value) => _regex.IsMatch(value);
}
