using System.Buffers;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// <c>Forwarded</c> (RFC 7239, section 4): <c>1#( pair *( ";" pair ) )</c>, where a pair is a token, <c>=</c> and a token or a quoted
/// string. Only a valid list may precede our element: an unterminated quoted string would extend over the comma and swallow it.
/// </summary>
internal static class ForwardedField
{
    public const string Name = "Forwarded";

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> _token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether the value is a list of elements. Empty elements are ignored (RFC 9110, section 5.6.1).</summary>
    public static bool IsValid(string field)
    {
        var rest = field.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t,");
            if (rest.IsEmpty)
            {
                return true;
            }

            if (!TakeElement(ref rest))
            {
                return false;
            }

            rest = rest.TrimStart(" \t");
            if (!rest.IsEmpty && rest[0] != ',')
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Whether the value is a list without quotes, escapes or control characters, as in <c>X-Forwarded-*</c>: nothing in it can extend over
    /// a comma.
    /// </summary>
    public static bool IsPlainList(string field) =>
        !field.AsSpan().ContainsAny('"', '\\') && !field.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>The content of a quoted string (RFC 9110, section 5.6.4).</summary>
    public static string Escape(string? text) =>
        (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static bool TakeElement(ref ReadOnlySpan<char> rest)
    {
        while (true)
        {
            if (!TakeToken(ref rest) || !Take(ref rest, '=') || !(Take(ref rest, '"') ? TakeQuoted(ref rest) : TakeToken(ref rest)))
            {
                return false;
            }

            // The grammar has no whitespace around the semicolon; senders use it, and it misleads no parser.
            var next = rest.TrimStart(" \t");
            if (!Take(ref next, ';'))
            {
                return true;
            }

            rest = next.TrimStart(" \t");
        }
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char character)
    {
        if (rest.IsEmpty || rest[0] != character)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TakeToken(ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept(_token) is >= 0 and var end ? end : rest.Length;
        rest = rest[length..];
        return length > 0;
    }

    // The text after the opening quote. Bytes beyond ASCII are obs-text, which a quoted string may contain; some parsers may read them
    // differently.
    private static bool TakeQuoted(ref ReadOnlySpan<char> rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '"':
                    rest = rest[(i + 1)..];
                    return true;
                case '\\':
                    i++;
                    if (i == rest.Length || !IsText(rest[i]))
                    {
                        return false;
                    }

                    break;
                case var c when !IsText(c):
                    return false;
            }
        }

        return false;
    }

    private static bool IsText(char c) => c is '\t' or (>= ' ' and <= '~');
}
