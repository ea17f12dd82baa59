using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Sluice.Peek;

/// <summary>A location in a JSON document (RFC 6901), parsed once.</summary>
internal sealed class JsonPointer
{
    private JsonPointer(string text, IReadOnlyList<Token> tokens)
    {
        Text = text;
        Tokens = tokens;
    }

    /// <summary>The pointer as written.</summary>
    public string Text { get; }

    /// <summary>The path from the root; empty for the whole document.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>
    /// Parses a pointer. False if the text is not one: a pointer is empty or begins with a slash, and <c>~</c> is followed by 0 or 1.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPointer? pointer)
    {
        pointer = null;
        if (text.Length > 0 && text[0] != '/')
        {
            return false;
        }

        var tokens = text.Split('/')[1..];
        if (!tokens.All(IsEscaped))
        {
            return false;
        }

        pointer = new JsonPointer(text, [.. tokens.Select(static token => new Token(token))]);
        return true;
    }

    /// <summary>Parses a pointer that is known to be one.</summary>
    /// <exception cref="FormatException">The text is not a pointer.</exception>
    public static JsonPointer Parse(string text) => TryParse(text, out var pointer) ? pointer : throw new FormatException(text);

    private static bool IsEscaped(string token)
    {
        for (var at = token.IndexOf('~', StringComparison.Ordinal); at >= 0; at = token.IndexOf('~', at + 1))
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One step: a member of an object or an element of an array, depending on the document.</summary>
    internal sealed class Token
    {
        internal Token(string escaped)
        {
            // ~1 first, so that ~01 becomes ~1 and not a slash (RFC 6901, section 4).
            var name = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            Name = Encoding.UTF8.GetBytes(name);
            var isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
            Index = isNumber && (name.Length == 1 || name[0] != '0') ? index : null;
        }

        /// <summary>The member's name, in UTF-8.</summary>
        public ReadOnlyMemory<byte> Name { get; }

        /// <summary>The element's index; null for what is not an index, such as <c>01</c>, or <c>-</c>, which never exists.</summary>
        public int? Index { get; }
    }
}
