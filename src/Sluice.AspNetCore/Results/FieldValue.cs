using Microsoft.Extensions.Primitives;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// What somebody else wrote and an answer repeats in a header: a client, or another writer of the account. Kestrel throws on a value that is none, so it is left out.
/// </summary>
internal static class FieldValue
{
    /// <summary>
    /// A field value of RFC 9110, section 5.5, in its ASCII: visible characters, with blanks and tabs between them. What a server does to others depends on the
    /// encoding that it is set to.
    /// </summary>
    public static bool IsValid(string value) =>
        value.All(static c => c is '\t' or (>= ' ' and <= '~')) && (value.Length == 0 || (value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t')));

    /// <summary>The field names in a list of them (RFC 9110, section 5.6.2); what can't be one is left out. Null, if none is left.</summary>
    public static string? Names(StringValues lists)
    {
        var names = lists.SelectMany(static list => (list ?? "").Split(',', StringSplitOptions.TrimEntries)).Where(IsToken).ToList();
        return names.Count > 0 ? string.Join(',', names) : null;
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
