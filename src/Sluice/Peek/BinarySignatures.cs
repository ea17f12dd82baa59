namespace Sluice.Peek;

/// <summary>
/// The formats that a fixed pattern identifies. The rows of the WHATWG standard keep its media types, even where IANA has since registered
/// another (gzip, RAR). The others have the registered type, or the one in widest use if none is registered.
/// </summary>
internal static class BinarySignatures
{
    /// <summary>The rows; the first match wins.</summary>
    public static ReadOnlySpan<Signature> Rows => Table;

    /// <summary>A chunk: four letters, a size that can be anything, then significant bytes again.</summary>
    private static ReadOnlySpan<byte> AnySize => [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    /// <summary>
    /// Embedded OpenType: EOTSize and FontDataSize can be anything; Version is fixed; 22 bytes can be anything; MagicNumber is fixed.
    /// </summary>
    private static ReadOnlySpan<byte> EotMask =>
        [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private static readonly Signature[] Table =
    [
        // Images: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern (section 6.1)
        new([0x00, 0x00, 0x01, 0x00], "image/x-icon"), // Windows icon
        new([0x00, 0x00, 0x02, 0x00], "image/x-icon"), // Windows cursor
        new("BM"u8, "image/bmp") { OnlyInBinary = true },
        new("GIF87a"u8, "image/gif"),
        new("GIF89a"u8, "image/gif"),
        new("RIFF\0\0\0\0WEBPVP"u8, AnySize, "image/webp"),
        new([0x89, .. "PNG\r\n\u001A\n"u8], "image/png"),
        new([0xFF, 0xD8, 0xFF], "image/jpeg"),
        // TIFF 6.0, section 2 (RFC 3302), and BigTIFF
        new("II*\0"u8, "image/tiff"),
        new("MM\0*"u8, "image/tiff"),
        new("II+\0"u8, "image/tiff"),
        new("MM\0+"u8, "image/tiff"),

        // Audio and video: https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern (section 6.2)
        new("FORM\0\0\0\0AIFF"u8, AnySize, "audio/aiff"),
        new("FORM\0\0\0\0AIFC"u8, AnySize, "audio/aiff"), // Apple AIFF-C, 1991: what macOS writes
        new("ID3"u8, "audio/mpeg") { OnlyInBinary = true },
        new("OggS\0"u8, "application/ogg"),
        new("MThd\0\0\0\u0006"u8, "audio/midi"),
        new("RIFF\0\0\0\0AVI "u8, AnySize, "video/avi"),
        new("RIFF\0\0\0\0WAVE"u8, AnySize, "audio/wave"),
        // RFC 9639, section 8: the STREAMINFO block, 34 bytes long, comes first; the top bit of its type says whether it is the last
        new("fLaC\0\0\0\u0022"u8, [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "audio/flac"),

        // Fonts: https://mimesniff.spec.whatwg.org/#matching-a-font-type-pattern (section 6.3). For Embedded OpenType the standard checks
        // only two letters after 34 bytes of anything. The format has just three versions (https://www.w3.org/submissions/EOT/, section
        // 4.1), so checking the version too rules out a chance match.
        new([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "LP"u8],
            EotMask, "application/vnd.ms-fontobject"),
        new([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "LP"u8],
            EotMask, "application/vnd.ms-fontobject"),
        new([0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "LP"u8],
            EotMask, "application/vnd.ms-fontobject"),
        // The high byte of TrueType's numTables is 0 (OpenType 1.9, "Table Directory"). Not so in "Standard Jet DB", an Access database.
        new([0x00, 0x01, 0x00, 0x00, 0x00], "font/ttf"),
        new("OTTO"u8, "font/otf") { OnlyInBinary = true },
        new("ttcf"u8, "font/collection"),
        new("wOFF"u8, "font/woff"),
        new("wOF2"u8, "font/woff2"),

        // Archives: https://mimesniff.spec.whatwg.org/#matching-an-archive-type-pattern (section 6.4). ZipSniffer handles PK 03 04.
        new([0x1F, 0x8B, 0x08], "application/x-gzip"),
        new([.. "Rar!\u001A\a\0"u8], "application/x-rar-compressed"),        // RAR 4
        new([.. "Rar!\u001A\a\u0001\0"u8], "application/x-rar-compressed"),  // RAR 5.0 archive format, "RAR signature"
        new("PK\u0005\u0006"u8, ZipSniffer.MediaType),                       // APPNOTE.TXT 4.3.16: an archive without entries
        new("PK\u0007\u0008PK\u0003\u0004"u8, ZipSniffer.MediaType),         // APPNOTE.TXT 8.5.4: the first disk of several
        new([0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),                   // RFC 8878, section 3.1.1
        new([0xFD, .. "7zXZ\0"u8], "application/x-xz"),                      // The .xz file format 1.2, section 2.1.1.1
        new([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"), // 7zFormat.txt, "SignatureHeader"
        new([0x04, 0x22, 0x4D, 0x18], "application/x-lz4"),                  // lz4_Frame_format.md, "Magic Number" 0x184D2204
        // bzip2: "BZh", the block size as a digit, then a block (pi in BCD) or the end of the stream (the square root of pi)
        new([.. "BZh0"u8, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0xFF, 0xFF, 0xFF, 0xF0], "application/x-bzip2"),
        new([.. "BZh0"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90], [0xFF, 0xFF, 0xFF, 0xF0], "application/x-bzip2"),

        // Tables and databases
        new("PAR1"u8, "application/vnd.apache.parquet") { OnlyInBinary = true }, // parquet.apache.org/docs/file-format
        new("PARE"u8, "application/vnd.apache.parquet") { OnlyInBinary = true }, // the same with an encrypted footer
        new("ARROW1\0\0"u8, "application/vnd.apache.arrow.file"),                // Arrow columnar format, "IPC File Format"
        new("Obj\u0001"u8, "application/avro"),                                  // Avro 1.12, "Object Container Files"; unregistered
        new("ORC"u8, "application/vnd.apache.orc") { OnlyInBinary = true },      // ORC v1, "File Tail"; unregistered
        new("SQLite format 3\0"u8, "application/vnd.sqlite3"),                   // sqlite.org/fileformat.html, section 1.3.1

        // Documents before OOXML (.doc, .xls, .ppt, .msg): [MS-CFB] section 2.2. Only the directory tells which one, and it is often at the
        // end.
        new([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/x-ole-storage"),

        // Programs. PortableExecutableSniffer handles PE.
        new("\0asm"u8, "application/wasm"),         // WebAssembly core 5.5.16
        new([0x7F, .. "ELF"u8], "application/x-elf"), // System V ABI, "ELF Identification"; the unregistered name that Apache Tika uses
    ];
}
