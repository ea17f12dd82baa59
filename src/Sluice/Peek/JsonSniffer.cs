using System.Buffers;
using System.Text.Json;

namespace Sluice.Peek;

/// <summary>
/// Recognizes JSON (RFC 8259): an object or an array that parses as far as the window reaches.
/// </summary>
/// <remarks>
/// Numbers and strings alone are JSON too, but so are many words that are not meant as such. A second value after the first, as in
/// line-delimited JSON, is not: that file is text, and its lines are JSON.
/// </remarks>
internal static class JsonSniffer
{
    private const string MediaType = "application/json";

    /// <summary>RFC 8259, section 2. Form feed, white space elsewhere, is not.</summary>
    private static readonly SearchValues<byte> Whitespace = SearchValues.Create(" \t\n\r"u8);

    /// <summary>Sniffs the first bytes of a body that is text; null if they are not the beginning of a JSON object or array.</summary>
    /// <param name="header">The resource header, to see cheaply what is no JSON.</param>
    /// <param name="head">The whole window, to read.</param>
    /// <param name="complete">Whether the body ends with the window, so that the value has to as well.</param>
    public static string? Sniff(ReadOnlySpan<byte> header, ReadOnlySequence<byte> head, bool complete)
    {
        if (!Opens(header)) return null;

        // The reader takes sequences as they are. It knows no way but an exception to say that a text is not JSON.
        var reader = new Utf8JsonReader(head, isFinalBlock: complete, default);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (Exception e) when (e is JsonException or IndexOutOfRangeException)
        {
            // The second is for a literal that the body cuts before an empty segment: https://github.com/dotnet/runtime/pull/134448
            return null;
        }

        return MediaType;
    }

    /// <summary>
    /// Whether the first two tokens can be those of JSON. Spares "[INFO] started", "{{ template }}" and the like the price of an exception.
    /// </summary>
    private static bool Opens(ReadOnlySpan<byte> header)
    {
        var first = header.IndexOfAnyExcept(Whitespace);
        if (first < 0) return false;
        var inside = header[(first + 1)..];
        var second = inside.IndexOfAnyExcept(Whitespace);
        if (second < 0) return false;

        return header[first] switch
        {
            (byte)'{' => inside[second] is (byte)'"' or (byte)'}',
            (byte)'[' => "]{[\"-0123456789tfn"u8.Contains(inside[second]),
            _ => false,
        };
    }
}
