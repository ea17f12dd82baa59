using System.Buffers;
using System.Text.Json;

namespace Sluice.Peek;

/// <summary>
/// Recognizes JSON (RFC 8259): an object or an array that parses as far as the window reaches.
/// </summary>
/// <remarks>
/// A single number or string is JSON too, but so are many words that are not meant as JSON. A second value after the first, as in
/// line-delimited JSON, is not: that file is text, and its lines are JSON. A byte order mark is skipped (<see cref="ByteOrderMark"/>).
/// </remarks>
internal static class JsonSniffer
{
    private const string MediaType = "application/json";

    /// <summary>RFC 8259, section 2. Form feed, which is white space elsewhere, is not.</summary>
    private static readonly SearchValues<byte> Whitespace = SearchValues.Create(" \t\n\r"u8);

    /// <summary>Sniffs the first bytes of a body that is text; null if they are not the beginning of a JSON object or array.</summary>
    /// <param name="header">The resource header, to rule out JSON cheaply.</param>
    /// <param name="head">The whole window, to parse.</param>
    /// <param name="complete">Whether the body ends with the window, so that the value has to end there as well.</param>
    public static string? Sniff(ReadOnlySpan<byte> header, ReadOnlySequence<byte> head, bool complete)
    {
        if (!Opens(ByteOrderMark.Skip(header))) return null;

        // The reader accepts sequences directly. It reports that a text is not JSON only by an exception.
        var reader = new Utf8JsonReader(ByteOrderMark.Skip(head), isFinalBlock: complete, default);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (Exception e) when (e is JsonException or IndexOutOfRangeException)
        {
            // The second is for a literal that the body cuts off before an empty segment: https://github.com/dotnet/runtime/pull/134448
            return null;
        }

        return MediaType;
    }

    /// <summary>
    /// Whether the first two tokens can be JSON. Saves "[INFO] started", "{{ template }}" and the like the cost of an exception.
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
