using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Downstream;

/// <summary>Where a body is relayed to.</summary>
/// <param name="Target">The name of the target.</param>
/// <param name="Path">The path below the target's own, not encoded, with or without a slash in front; it may be empty.</param>
internal readonly partial record struct RelayPath(string Target, string Path)
{
    /// <summary>The path without the slash in front.</summary>
    public string Relative => RelativeTo(Path);

    /// <summary>Says why a path could be read in two ways, or null.</summary>
    public static string? Problem(string path)
    {
        if (path.Any(char.IsControl) || path.EnumerateRunes().Contains(Rune.ReplacementChar) || EscapeBeyondAscii().IsMatch(path)
            || ((string[])["\\", "%2F", "%5C"]).Any(slash => path.Contains(slash, StringComparison.OrdinalIgnoreCase)))
        {
            return "A relayed path holds no control characters, no broken text, no backslash and no encoded slash.";
        }

        // "a//b" and "a/./b" mean other things to other servers. One slash at the end is a path of its own.
        var segments = RelativeTo(path).Split('/');
        return segments[..^1].Any(static segment => segment.Length == 0) || segments.Any(IsDots)
            ? "No part of a relayed path is empty, '.' or '..'."
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Target}:/{Relative}";

    private static string RelativeTo(string path) => path.StartsWith('/') ? path[1..] : path;

    // Kestrel decodes no escape that is not UTF-8 ("%ff", "%c0%ae") and hands it over as it is: encoded once more it would be another path.
    [GeneratedRegex("%[89a-fA-F][0-9a-fA-F]", RegexOptions.CultureInvariant)]
    private static partial Regex EscapeBeyondAscii();

    // A second decoding downstream would turn %2e into a dot, some servers cut a segment at its ';' before they look at it, and some
    // trim it.
    private static bool IsDots(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split(';', StringSplitOptions.TrimEntries)
            .Any(static part => part is "." or "..");
}
