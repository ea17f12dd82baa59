namespace Sluice.Peek;

/// <summary>
/// The formats that a fixed pattern identifies which is not at the beginning. The patterns are checked last: a file that also begins like
/// something else is that to a browser.
/// </summary>
internal static class OffsetSignatures
{
    /// <summary>The rows; the first match wins.</summary>
    public static ReadOnlySpan<Signature> Rows => Table;

    private static readonly Signature[] Table =
    [
        // QuickTime File Format, "Atoms": files from before the ftyp atom begin with one of these.
        After(4, "moov"u8, "video/quicktime"),
        After(4, "mdat"u8, "video/quicktime"),
        After(4, "wide"u8, "video/quicktime"),
        After(4, "pnot"u8, "video/quicktime"),

        After(2, "-lh\0-"u8, "application/x-lzh-compressed", [0xFF, 0xFF, 0xFF, 0, 0xFF]), // LHa, "Archive header": the method
        After(7, "**ACE**"u8, "application/x-ace-compressed"),             // unregistered
        After(36, "acsp"u8, "application/vnd.iccprofile"),                 // ICC.1:2022, section 7.2.11
        After(60, "BOOKMOBI"u8, "application/x-mobipocket-ebook"),         // a Palm database: its type and its creator
        After(64, [0x7F, 0x10, 0xDA, 0xBE], "application/x-vdi-disk"),     // VirtualBox, "VDI_IMAGE_SIGNATURE"; unregistered
        After(128, "DICM"u8, "application/dicom"),                         // RFC 3240; DICOM PS3.10, section 7.1
    ];

    /// <summary>A pattern after bytes that can be anything. It may be a word, so it counts only in a binary file.</summary>
    private static Signature After(int anyBytes, ReadOnlySpan<byte> pattern, string mediaType, ReadOnlySpan<byte> mask = default) =>
        new([.. new byte[anyBytes], .. pattern], [.. new byte[anyBytes], .. mask], mediaType) { OnlyInBinary = true };
}
