using System.Buffers.Binary;

namespace Sluice.Peek;

/// <summary>
/// Recognizes ISO base media files by the brands of their first box, <c>ftyp</c> (ISO/IEC 14496-12, section 4.3).
/// </summary>
/// <remarks>
/// https://mimesniff.spec.whatwg.org/#signature-for-mp4 (section 6.2.1) knows one media type, video/mp4, for every file that lists an "mp4"
/// brand. Before that, this checks the major brand, "the best use of the file": a song (<c>M4A </c>) lists <c>mp42</c> too. Brands are
/// those registered at https://mp4ra.org/registered-types/brands.
/// </remarks>
internal static class Mp4Sniffer
{
    private const int CompatibleBrandsOffset = 16;

    /// <summary>Sniffs the first bytes of a body; null if it is not an ISO base media file of a known brand.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header)
    {
        if (header.Length < 12) return null;
        var boxBytes = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (header.Length < boxBytes || boxBytes % 4 != 0) return null;
        if (!header[4..].StartsWith("ftyp"u8)) return null;

        var major = header.Slice(8, 4);
        var compatible = boxBytes > CompatibleBrandsOffset ? header[CompatibleBrandsOffset..(int)boxBytes] : [];
        if (IsMp4(major)) return "video/mp4";
        if (OfMajorBrand(major) is { } mediaType) return mediaType;
        if (IsHeif(major)) return OfHeif(compatible);
        if (Lists(compatible, IsMp4)) return "video/mp4";

        // Beyond the standard: fragments and streams that name only versions of the base format, as ffmpeg writes them.
        return major.StartsWith("iso"u8) || major.SequenceEqual("avc1"u8) ? "video/mp4" : null;
    }

    private static string? OfMajorBrand(ReadOnlySpan<byte> brand)
    {
        if (IsAvif(brand)) return "image/avif"; // AV1 Image File Format, section 8
        if (IsHeic(brand)) return "image/heic"; // ISO/IEC 23008-12, annex B.4
        if (IsHeicSequence(brand)) return "image/heic-sequence";
        if (brand.SequenceEqual("qt  "u8)) return "video/quicktime"; // QuickTime File Format, "File Type Compatibility Atom"
        if (brand.StartsWith("M4"u8) && "ABP"u8.Contains(brand[2])) return "audio/mp4"; // Apple: songs, audio books, protected songs
        if (brand.StartsWith("M4V"u8)) return "video/mp4";
        if (brand.StartsWith("F4"u8) && "AB"u8.Contains(brand[2])) return "audio/mp4"; // Adobe Flash Video File Format 10.1, section 2
        if (brand.StartsWith("F4"u8) && "VP"u8.Contains(brand[2])) return "video/mp4";
        if (brand.SequenceEqual("dash"u8)) return "video/mp4"; // ISO/IEC 23009-1, section 6.3.4.2
        if (brand.SequenceEqual("crx "u8)) return "image/x-canon-cr3"; // Canon's, for photographs; unregistered
        if (brand.StartsWith("3gp"u8)) return "video/3gpp"; // RFC 3839
        if (brand.StartsWith("3g2"u8)) return "video/3gpp2"; // RFC 4393
        return null;
    }

    /// <summary>
    /// A structural brand says only "images" (ISO/IEC 23008-12, section 10); the compatible brands tell how they are coded.
    /// </summary>
    private static string OfHeif(ReadOnlySpan<byte> compatible)
    {
        if (Lists(compatible, IsAvif)) return "image/avif";
        if (Lists(compatible, IsHeic)) return "image/heic";
        if (Lists(compatible, IsHeicSequence)) return "image/heic-sequence";
        return "image/heif";
    }

    private static bool IsMp4(ReadOnlySpan<byte> brand) => brand.StartsWith("mp4"u8);

    private static bool IsHeif(ReadOnlySpan<byte> brand) => brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);

    private static bool IsAvif(ReadOnlySpan<byte> brand) => brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8);

    private static bool IsHeic(ReadOnlySpan<byte> brand) => brand.StartsWith("hei"u8) && "cxms"u8.Contains(brand[3]);

    private static bool IsHeicSequence(ReadOnlySpan<byte> brand) => brand.StartsWith("hev"u8) && "cxms"u8.Contains(brand[3]);

    private static bool Lists(ReadOnlySpan<byte> brands, Func<ReadOnlySpan<byte>, bool> isWanted)
    {
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (isWanted(brands[..4])) return true;
        }

        return false;
    }
}
