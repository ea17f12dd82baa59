using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Routing.Templates;

/// <summary>
/// Turns a value that a sender chose into a piece of one segment of a name, so that two different values never become the same piece: the
/// id of a webhook, the name of a file, a value in a template.
/// </summary>
internal static class NameValue
{
    /// <summary>
    /// The longest value, in characters, that can be used unchanged. Five of them fit into a name (Azure: 1,024 characters).
    /// </summary>
    public const int MaxCharacters = 200;

    private const int KeptCharacters = 100;
    private const int HashCharacters = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> _hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// The value itself if it can be used unchanged. Otherwise, <c>_</c> replaces every character that a blob name can't contain or that
    /// separates segments in a name, or in a URL, and also dots and spaces at either end. At most 100 characters are kept, and the SHA-256
    /// of the value is appended after a dot. A value that already ends like that is treated the same way: it could equal the result for
    /// another value. Never <c>..</c>, and never empty.
    /// </summary>
    public static string Safe(string value)
    {
        var safe = Replaced(value);
        return safe == value && !IsHashed(value) ? value : $"{Kept(safe)}.{Hash(value)}";
    }

    private static string Replaced(string value)
    {
        var safe = new StringBuilder(Math.Min(value.Length, MaxCharacters));
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            // A surrogate pair is kept whole or not at all.
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
            if (safe.Length + consumed > MaxCharacters)
            {
                break;
            }

            safe.Append(status == OperationStatus.Done && IsSafe(rune) ? rest[..consumed] : "_");
            rest = rest[consumed..];
        }

        return Ends(safe.ToString());
    }

    private static bool IsSafe(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not ('/' or '\\' or '%' or '?' or '#' or 0xFFFE or 0xFFFF);

    // A run of dots and spaces becomes one character, so the text does not grow.
    private static string Ends(string text)
    {
        var inner = text.Trim(' ', '.');
        var before = text.Length == 0 || text[0] is ' ' or '.' ? "_" : "";
        var after = inner.Length > 0 && text[^1] is ' ' or '.' ? "_" : "";
        return $"{before}{inner}{after}";
    }

    private static bool IsHashed(string value) =>
        value.Length > HashCharacters && value[^(HashCharacters + 1)] == '.'
            && value.AsSpan(value.Length - HashCharacters).IndexOfAnyExcept(_hexDigits) < 0;

    private static string Kept(string safe)
    {
        var kept = Math.Min(safe.Length, KeptCharacters);
        return safe[..(kept < safe.Length && char.IsHighSurrogate(safe[kept - 1]) ? kept - 1 : kept)];
    }

    // UTF-8 makes all broken surrogates the same; 0xFF never begins UTF-8.
    private static string Hash(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetString(utf8) == value ? utf8 : [0xFF, .. MemoryMarshal.AsBytes(value.AsSpan())]));
    }
}
