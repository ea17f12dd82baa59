using System.Numerics;

namespace Sluice.Peek;

/// <summary>
/// Recognizes WebM, and Matroska of which it is a subset, by the DocType in the EBML header (RFC 8794, section 11.2.4).
/// </summary>
/// <remarks>
/// https://mimesniff.spec.whatwg.org/#signature-for-webm (section 6.2.2). As in the standard, the DocType element is searched for up to
/// byte 38, past the few small elements that may precede it. The standard's text reads the size at the wrong index and pads on the wrong
/// side; here both are as in RFC 8794. video/matroska is registered by RFC 9559.
/// </remarks>
internal static class WebmSniffer
{
    private const int SearchBytes = 38;

    /// <summary>Sniffs the first bytes of a body; null if it is not an EBML document of a known type.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])) return null;

        for (var at = 4; at < SearchBytes && at + 2 < header.Length; at++)
        {
            if (header[at] != 0x42 || header[at + 1] != 0x82) continue;
            var docType = ReadString(header[(at + 2)..]);
            if (docType.SequenceEqual("webm"u8)) return "video/webm";
            if (docType.SequenceEqual("matroska"u8)) return "video/matroska";
        }

        return null;
    }

    /// <summary>
    /// A size as in RFC 8794, section 4 (its leading zero bits tell how many more bytes it has), then that many bytes, padded with zeros.
    /// </summary>
    private static ReadOnlySpan<byte> ReadString(ReadOnlySpan<byte> element)
    {
        var sizeBytes = BitOperations.LeadingZeroCount((uint)element[0]) - 24 + 1;
        if (sizeBytes > 8 || sizeBytes > element.Length) return [];

        var size = element[0] & (0xFFUL >> sizeBytes);
        foreach (var b in element[1..sizeBytes]) size = (size << 8) | b;

        element = element[sizeBytes..];
        return size > (ulong)element.Length ? [] : element[..(int)size].TrimEnd((byte)0);
    }
}
