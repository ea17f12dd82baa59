using System.Buffers;

namespace Sluice.Peek;

/// <summary>Distinguishes text from binary: https://mimesniff.spec.whatwg.org/#binary-data-byte (sections 3 and 7.2).</summary>
internal static class TextSniffer
{
    /// <summary>Text of no known kind.</summary>
    public const string MediaType = "text/plain";

    /// <summary>
    /// The standard's binary data bytes: the C0 controls that never occur in text. All except TAB, LF, FF, CR, and ESC, which ISO 2022
    /// encodings use.
    /// </summary>
    private static readonly SearchValues<byte> BinaryDataBytes = SearchValues.Create(
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0B,
        0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A,
        0x1C, 0x1D, 0x1E, 0x1F);

    /// <summary>The standard's whitespace bytes.</summary>
    private static readonly SearchValues<byte> WhitespaceBytes = SearchValues.Create("\t\n\f\r "u8);

    /// <summary>Whether a header contains binary data.</summary>
    public static bool HasBinaryDataByte(ReadOnlySpan<byte> header) => header.ContainsAny(BinaryDataBytes);

    /// <summary>The header from its first byte that is not white space; empty if there is none.</summary>
    public static ReadOnlySpan<byte> SkipWhitespace(ReadOnlySpan<byte> header)
    {
        var start = header.IndexOfAnyExcept(WhitespaceBytes);
        return start < 0 ? [] : header[start..];
    }
}
