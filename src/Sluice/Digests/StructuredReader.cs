using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Sluice.Digests;

/// <summary>
/// Reads the parts of a structured field from left to right (RFC 9651, section 4.2). Anything unreadable fails the whole field.
/// </summary>
internal ref struct StructuredReader(string text)
{
    private const string LowerCase = "abcdefghijklmnopqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    private static readonly SearchValues<char> _key = SearchValues.Create($"{LowerCase}{Digits}_-.*");
    private static readonly SearchValues<char> _token = SearchValues.Create($"{LowerCase}{UpperCase}{Digits}!#$%&'*+-.^_`|~:/");
    private static readonly SearchValues<char> _base64 = SearchValues.Create($"{LowerCase}{UpperCase}{Digits}+/=");
    private static readonly SearchValues<char> _digits = SearchValues.Create(Digits);

    private ReadOnlySpan<char> _rest = text;

    /// <summary>The number of characters that are left.</summary>
    public readonly int Left => _rest.Length;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly bool Follows(char c) => _rest.StartsWith(c);

    public bool TryTake(char c)
    {
        var taken = Follows(c);
        _rest = taken ? _rest[1..] : _rest;
        return taken;
    }

    public void SkipSpaces() => _rest = _rest.TrimStart(' ');

    public void SkipOptionalWhitespace() => _rest = _rest.TrimStart(" \t");

    /// <summary>Section 4.2.3.3.</summary>
    public bool TryReadKey(out string key)
    {
        var starts = !AtEnd && (_rest[0] == '*' || char.IsAsciiLetterLower(_rest[0]));
        key = starts ? Take(_key).ToString() : "";
        return starts;
    }

    /// <summary>Section 4.2.3.1: the first character determines the type.</summary>
    public bool TryReadBareItem(out StructuredItem item)
    {
        item = default;
        return !AtEnd && _rest[0] switch
        {
            '-' or (>= '0' and <= '9') => TryReadNumber(out item),
            ':' => TryReadBytes(out item),
            '"' => TryReadString(out item),
            '?' => TryReadBoolean(out item),
            '@' => TryTake('@') && TryReadNumber(out var date) && date.Integer is not null,
            '%' => TryPassDisplayString(),
            '*' => TryPassToken(),
            var c => char.IsAsciiLetter(c) && TryPassToken(),
        };
    }

    /// <summary>Section 4.2.3.2: parameters, which are skipped.</summary>
    public bool TryPassParameters()
    {
        while (Follows(';'))
        {
            if (!TryReadParameter(out _, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 4.2.3.2: one parameter. Without a value it is the boolean true.</summary>
    public bool TryReadParameter(out string key, out StructuredItem value)
    {
        _ = TryTake(';');
        SkipSpaces();
        value = new(Boolean: true);
        return TryReadKey(out key) && (!TryTake('=') || TryReadBareItem(out value));
    }

    // Section 4.2.4: an integer has up to 15 digits; a decimal has up to 12, a point, and 1 to 3 more.
    private bool TryReadNumber(out StructuredItem item)
    {
        item = default;
        var negative = TryTake('-');
        var digits = Take(_digits);
        if (!TryTake('.'))
        {
            item = digits.Length is > 0 and <= 15
                ? new(Integer: long.Parse(digits, CultureInfo.InvariantCulture) * (negative ? -1 : 1))
                : default;
            return item.Integer is not null;
        }

        return digits.Length is > 0 and <= 12 && Take(_digits).Length is > 0 and <= 3;
    }

    // Section 4.2.8.
    private bool TryReadBoolean(out StructuredItem item)
    {
        _ = TryTake('?');
        var value = TryTake('1');
        item = value || TryTake('0') ? new(Boolean: value) : default;
        return item.Boolean is not null;
    }

    // Section 4.2.7. Padding may be missing.
    private bool TryReadBytes(out StructuredItem item)
    {
        item = default;
        _ = TryTake(':');
        var encoded = Take(_base64).TrimEnd('=').ToString();
        var bytes = new byte[encoded.Length * 3 / 4];
        var valid = TryTake(':') && Convert.TryFromBase64String(encoded.PadRight((encoded.Length + 3) / 4 * 4, '='), bytes, out var count)
            && count == bytes.Length;
        item = valid ? new(bytes) : default;
        return valid;
    }

    // Section 4.2.5.
    private bool TryReadString(out StructuredItem item)
    {
        var text = new StringBuilder();
        item = default;
        _ = TryTake('"');
        while (!AtEnd && !Follows('"'))
        {
            if (TryTake('\\') ? !(Follows('"') || Follows('\\')) : _rest[0] is < ' ' or > '~')
            {
                return false;
            }

            text.Append(_rest[0]);
            _rest = _rest[1..];
        }

        item = new(Text: text.ToString());
        return TryTake('"');
    }

    // Section 4.2.6.
    private bool TryPassToken() => !Take(_token).IsEmpty;

    // Section 4.2.10: UTF-8, percent-encoded in lower case.
    private bool TryPassDisplayString()
    {
        _ = TryTake('%');
        var bytes = new List<byte>();
        if (!TryTake('"'))
        {
            return false;
        }

        for (; !AtEnd && !Follows('"'); _rest = _rest[1..])
        {
            if (_rest[0] is < ' ' or > '~')
            {
                return false;
            }

            if (_rest[0] != '%')
            {
                bytes.Add((byte)_rest[0]);
                continue;
            }

            if (_rest.Length < 3 || !char.IsAsciiHexDigitLower(_rest[1]) || !char.IsAsciiHexDigitLower(_rest[2]))
            {
                return false;
            }

            bytes.Add(byte.Parse(_rest[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _rest = _rest[2..];
        }

        return TryTake('"') && Utf8.IsValid([.. bytes]);
    }

    private ReadOnlySpan<char> Take(SearchValues<char> among)
    {
        var end = _rest.IndexOfAnyExcept(among);
        var taken = end < 0 ? _rest : _rest[..end];
        _rest = _rest[taken.Length..];
        return taken;
    }
}
