namespace Sluice.Names;

/// <summary>Prepares what a client sent for display: short, on one line, and without secrets.</summary>
internal static class Redaction
{
    /// <summary>The most characters shown of any value.</summary>
    public const int MaxCharacters = 100;

    /// <summary>Replaces a secret.</summary>
    public const string Hidden = "(hidden)";

    private static readonly string[] Credentials = ["Authorization", "Proxy-Authorization", "Cookie", "x-functions-key"];

    // "code" is the query parameter of a Functions key, "sig" the one of a shared access signature.
    private static readonly string[] Secrets = [.. Credentials, "code", "sig"];

    private static readonly string[] SecretWords = ["key", "token", "secret", "signature"];

    /// <summary>Whether a header authenticates the sender: such a header never becomes part of a name.</summary>
    public static bool IsCredential(string header) => Credentials.Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the values of a header or parameter with this name may be secrets.</summary>
    public static bool IsSecret(string name) =>
        Secrets.Contains(name, StringComparer.OrdinalIgnoreCase)
        || SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>At most 100 characters of a text; control characters and broken surrogates become spaces.</summary>
    public static string Short(string text)
    {
        var cut = text.Length > MaxCharacters;
        var kept = cut ? text.AsSpan(0, MaxCharacters - 1) : text;
        return string.Create(kept.Length + (cut ? 1 : 0), text, static (shown, text) =>
        {
            var last = text.Length > MaxCharacters ? shown.Length - 1 : shown.Length;
            for (var i = 0; i < last; i++)
            {
                shown[i] = char.IsControl(text[i]) || IsBroken(text, i, last) ? ' ' : text[i];
            }

            if (last < shown.Length)
            {
                shown[last] = '…';
            }
        });
    }

    private static bool IsBroken(string text, int at, int end) =>
        (char.IsHighSurrogate(text[at]) && !(at + 1 < end && char.IsLowSurrogate(text[at + 1])))
        || (char.IsLowSurrogate(text[at]) && !(at > 0 && char.IsHighSurrogate(text[at - 1])));
}
