using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Routing.Templates;

/// <summary>
/// Makes a value that a sender chose a piece of one part of a name, in such a way that two different values are never the same piece: the
/// id of a webhook, the name of a file, a value in a template.
/// </summary>
internal static class NameValue
{
    /// <summary>The most characters of a value that is a piece as it is. Five of them fit into a name (Azure: 1,024 characters).</summary>
    public const int MaxCharacters = 200;

    private const int KeptCharacters = 100;
    private const int HashCharacters = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> _hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// The value itself where it can be a piece. Else <c>_</c> stands for every character that a blob name does not hold or that separates
    /// parts in one, or in a URL, and for the dots and spaces at its ends; at most 100 characters are kept, and the SHA-256 of the value is
    /// put behind a dot. A value that already ends like that is treated likewise: it could be what another one becomes. Never <c>..</c>,
    /// and never empty.
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
            // A pair of surrogates is kept whole or not at all.
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
        value.Length > HashCharacters && value[^(HashCharacters + 1)] == '.' && value.AsSpan(value.Length - HashCharacters).IndexOfAnyExcept(_hexDigits) < 0;

    private static string Kept(string safe)
    {
        var kept = Math.Min(safe.Length, KeptCharacters);
        return safe[..(kept < safe.Length && char.IsHighSurrogate(safe[kept - 1]) ? kept - 1 : kept)];
    }

    // UTF-8 makes all broken surrogates the same; 0xFF begins no UTF-8.
    private static string Hash(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetString(utf8) == value ? utf8 : [0xFF, .. MemoryMarshal.AsBytes(value.AsSpan())]));
    }
}
