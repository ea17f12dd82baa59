using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Hosting;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// Field values as text. They are bytes (RFC 9110, section 5.5), which the servers read and write as one character a byte
/// (<see cref="KestrelLimits"/>), so they pass through unchanged. Where a value means something to Sluice, it is decoded here.
/// </summary>
internal static class HeaderText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a value: as UTF-8 if possible, otherwise as ISO 8859-1.</summary>
    /// <param name="value">The value, one character a byte.</param>
    public static string Read(string value)
    {
        // A character that is not a byte did not come from one of our servers: the value is already text.
        if (Ascii.IsValid(value) || value.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            return value;
        }

        try
        {
            return _strict.GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }

    /// <summary>The text of a header, its lines joined by commas; null if it is missing.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="name">Its name.</param>
    public static string? Text(this IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) ? Read(values.ToString()) : null;
}
