using System.Buffers;

namespace Sluice.Peek;

/// <summary>
/// Determines the media type of a body from its first bytes, whatever its sender declared.
/// </summary>
/// <remarks>
/// The rules are those of https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type (WHATWG MIME Sniffing,
/// section 7.1) with the sniff-scriptable flag set, so that what a browser might run as HTML is reported as HTML here too. As that section
/// allows, they are extended by formats that people upload: documents, archives, columnar data. In order:
/// <list type="number">
/// <item>What a browser would run or show as text: HTML, XML, PDF, PostScript, byte order marks (<see cref="TextSignatures"/>). These come
/// first, as in the standard: a body that is both HTML and something else must not pass as something else.</item>
/// <item>tar, which has a checksum and begins with a file name that may look like any other signature.</item>
/// <item>Fixed patterns (<see cref="BinarySignatures"/>), then formats that need parsing: ISO media, EBML, MP3, AAC, PE, ZIP,
/// MPEG transport streams.</item>
/// <item>Fixed patterns that are not at the beginning (<see cref="OffsetSignatures"/>), and tar without a signature.</item>
/// <item>JSON, with or without a byte order mark, which the standard counts as text; other text, other binary.</item>
/// </list>
/// The result is a hint about the bytes seen, and proves nothing about those that follow.
/// </remarks>
internal static class ContentSniffer
{
    /// <summary>
    /// The length of the "resource header": all bytes that any rule except those for ZIP and JSON reads. WHATWG section 5.2 finds 1445
    /// enough to be deterministic for the majority of cases.
    /// </summary>
    internal const int HeaderBytes = 1445;

    /// <summary>The most bytes that are read if a caller passes more: the largest window that can be configured.</summary>
    internal const int WindowBytes = 64 * 1024;

    /// <summary>What the first bytes of a body show: their media type, how many there are, and whether they are all of it.</summary>
    /// <param name="head">The first bytes of the body, in any segmentation.</param>
    /// <param name="complete">Whether the body ends where <paramref name="head"/> ends.</param>
    public static PeekResult Describe(ReadOnlySequence<byte> head, bool complete) => new(Sniff(head, complete), (int)head.Length, complete);

    /// <summary>Sniffs the first bytes of a body.</summary>
    /// <param name="head">The first bytes of the body, in any segmentation.</param>
    /// <param name="complete">Whether the body ends where <paramref name="head"/> ends.</param>
    /// <returns>
    /// A media type without parameters; <c>text/plain</c> or <c>application/octet-stream</c> if no format is recognized; null if the body
    /// has no bytes.
    /// </returns>
    public static string? Sniff(ReadOnlySequence<byte> head, bool complete)
    {
        if (head.IsEmpty) return null;
        if (head.Length > WindowBytes)
        {
            head = head.Slice(0, WindowBytes);
            complete = false;
        }

        Span<byte> copy = stackalloc byte[HeaderBytes];
        var headerBytes = (int)Math.Min(head.Length, HeaderBytes);
        var header = head.FirstSpan.Length >= headerBytes ? head.FirstSpan[..headerBytes] : Copy(head, copy[..headerBytes]);
        var text = !TextSniffer.HasBinaryDataByte(header);

        var mediaType = Match(TextSignatures.Rows, header, text)
            ?? TarSniffer.Sniff(header)
            ?? Match(BinarySignatures.Rows, header, text)
            ?? Mp4Sniffer.Sniff(header)
            ?? WebmSniffer.Sniff(header)
            ?? Mp3Sniffer.Sniff(header)
            ?? AdtsSniffer.Sniff(header)
            ?? PortableExecutableSniffer.Sniff(header)
            ?? SniffZip(header, head)
            ?? (text ? null : MpegTransportSniffer.Sniff(header))
            ?? Match(OffsetSignatures.Rows, header, text)
            ?? TarSniffer.SniffVersion7(header)
            ?? (text ? TextSniffer.MediaType : "application/octet-stream");

        // Also where a byte order mark says that it is text.
        return text && mediaType == TextSniffer.MediaType ? JsonSniffer.Sniff(header, head, complete) ?? mediaType : mediaType;
    }

    private static string? Match(ReadOnlySpan<Signature> rows, ReadOnlySpan<byte> header, bool text)
    {
        foreach (var row in rows)
        {
            if (text && row.OnlyInBinary) continue;
            if (row.Matches(header)) return row.MediaType;
        }

        return null;
    }

    /// <summary>
    /// The only format whose identifying bytes may be anywhere in the window, so the only one that needs it in one piece.
    /// </summary>
    private static string? SniffZip(ReadOnlySpan<byte> header, ReadOnlySequence<byte> head)
    {
        if (!header.StartsWith(SniffedZipEntry.Signature)) return null;
        if (head.IsSingleSegment) return ZipSniffer.Sniff(head.FirstSpan);

        var rented = ArrayPool<byte>.Shared.Rent((int)head.Length);
        var mediaType = ZipSniffer.Sniff(Copy(head, rented.AsSpan(0, (int)head.Length)));
        ArrayPool<byte>.Shared.Return(rented);
        return mediaType;
    }

    private static Span<byte> Copy(ReadOnlySequence<byte> head, Span<byte> destination)
    {
        head.Slice(0, destination.Length).CopyTo(destination);
        return destination;
    }
}
