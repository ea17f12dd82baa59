using System.Buffers;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// Azure's rules for index tags (https://learn.microsoft.com/rest/api/storageservices/set-blob-tags#remarks), and the one tag that Sluice
/// itself gives a meaning.
/// </summary>
internal static class BlobTags
{
    /// <summary>The most tags of a blob.</summary>
    public const int Max = 10;

    private const int MaxKeyCharacters = 128;
    private const int MaxValueCharacters = 256;

    private static readonly SearchValues<char> _allowed =
        SearchValues.Create(" +-./:=_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Returns what is wrong with a tag that somebody chose, without a full stop; or null.</summary>
    public static string? Problem(string key, string? value) =>
        key.Length is 0 or > MaxKeyCharacters || key.AsSpan().ContainsAnyExcept(_allowed)
            ? $"the name of an index tag has 1 to {MaxKeyCharacters} letters, digits, spaces and + - . / : = _"
        : key == BlobExpiry.Tag ? $"the index tag {key} is set by the setting of that name"
        : value is null || value.Length > MaxValueCharacters || value.AsSpan().ContainsAnyExcept(_allowed)
            ? $"the value of an index tag has at most {MaxValueCharacters} letters, digits, spaces and + - . / : = _"
        : null;

    /// <summary>A value as a tag can have it: <c>_</c> replaces all other characters, and the end of a long one is cut off.</summary>
    public static string Safe(string value) => string.Create(Math.Min(value.Length, MaxValueCharacters), value, static (safe, value) =>
    {
        for (var i = 0; i < safe.Length; i++)
        {
            safe[i] = _allowed.Contains(value[i]) ? value[i] : '_';
        }
    });
}
