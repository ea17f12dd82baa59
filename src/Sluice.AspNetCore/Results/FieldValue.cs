using Microsoft.Extensions.Primitives;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// Values that a response repeats in a header but that came from elsewhere: from a client, or from another writer of the account. Kestrel
/// throws on an invalid value, so it is left out.
/// </summary>
internal static class FieldValue
{
    /// <summary>
    /// A field value of RFC 9110, section 5.5, restricted to ASCII: visible characters, with spaces and tabs between them. How a server
    /// handles other characters depends on its configured encoding.
    /// </summary>
    public static bool IsValid(string value) =>
        value.All(static c => c is '\t' or (>= ' ' and <= '~'))
            && (value.Length == 0 || (value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t')));

    /// <summary>The field names in a list (RFC 9110, section 5.6.2); invalid ones are left out. Null if none remains.</summary>
    public static string? Names(StringValues lists)
    {
        var names = lists.SelectMany(static list => (list ?? "").Split(',', StringSplitOptions.TrimEntries)).Where(IsToken).ToList();
        return names.Count > 0 ? string.Join(',', names) : null;
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
