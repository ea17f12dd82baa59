namespace Sluice.Peek;

/// <summary>
/// The formats that a fixed pattern at the beginning identifies. The rows of the WHATWG standard keep its media types, even where IANA has
/// since registered another (gzip, RAR). The others have the registered type, or the one in widest use if none is registered.
/// </summary>
internal static class BinarySignatures
{
    /// <summary>The rows; the first match wins.</summary>
    public static ReadOnlySpan<Signature> Rows => Table;

    /// <summary>A chunk: four letters, a size that can be anything, then significant bytes again.</summary>
    private static ReadOnlySpan<byte> AnySize => [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    /// <summary>ISO/IEC 15444-1, annex I.5.1: the signature box. A file type box of any size follows.</summary>
    private static ReadOnlySpan<byte> Jpeg2000Signature => [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A];

    /// <summary>The signature box and its data, then a size that can be anything.</summary>
    private static ReadOnlySpan<byte> Jpeg2000Mask =>
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    /// <summary>Significant bytes, of which only the upper three bits of the eighth: a number below 32, or one of the next 32.</summary>
    private static ReadOnlySpan<byte> EighthByteMask => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xE0];

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
        // Camera formats that are TIFF but for the second number, by which their own software knows them; no public specification
        new("IIRO\b\0\0\0"u8, "image/x-olympus-orf"),
        new("IIRS\b\0\0\0"u8, "image/x-olympus-orf"),
        new("MMOR\0\0\0\b"u8, "image/x-olympus-orf"),
        new("IIU\0"u8, "image/x-panasonic-rw2"),
        new("FUJIFILMCCD-RAW "u8, "image/x-fuji-raf") { OnlyInBinary = true },
        // TIFF 6.0, section 2 (RFC 3302), and BigTIFF
        new("II*\0"u8, "image/tiff"),
        new("MM\0*"u8, "image/tiff"),
        new("II+\0"u8, "image/tiff"),
        new("MM\0+"u8, "image/tiff"),
        new([.. "II"u8, 0xBC, 0x01], "image/jxr"),                              // ITU-T T.832, annex A.5.2
        new([0xFF, 0x0A], "image/jxl") { OnlyInBinary = true },                 // ISO/IEC 18181-1: a bare codestream
        new([0, 0, 0, 0x0C, .. "JXL \r\n"u8, 0x87, 0x0A], "image/jxl"),         // ISO/IEC 18181-2, section 9.1: in a container
        new([.. Jpeg2000Signature, .. "\0\0\0\0ftypjp2 "u8], Jpeg2000Mask, "image/jp2"), // RFC 3745, which names the brands
        new([.. Jpeg2000Signature, .. "\0\0\0\0ftypjpx "u8], Jpeg2000Mask, "image/jpx"),
        new([.. Jpeg2000Signature, .. "\0\0\0\0ftypjpm "u8], Jpeg2000Mask, "image/jpm"),
        new([.. Jpeg2000Signature, .. "\0\0\0\0ftypmjp2"u8], Jpeg2000Mask, "video/mj2"),
        new([0xFF, 0x4F, 0xFF, 0x51], "image/j2c"),                             // ISO/IEC 15444-1, annex A: SOC, then SIZ
        new("8BPS\0\u0001"u8, "image/vnd.adobe.photoshop"),                    // Photoshop file formats, "File Header Section"
        new("8BPS\0\u0002"u8, "image/vnd.adobe.photoshop"),                    // the same for large documents
        new("icns"u8, "image/x-icns") { OnlyInBinary = true },                  // Apple IconFamily; unregistered
        new("DDS |\0\0\0"u8, "image/vnd.ms-dds"),                              // learn.microsoft.com, "DDS_HEADER": its size is 124
        new([0xAB, .. "KTX 11"u8, 0xBB, .. "\r\n\u001A\n"u8], "image/ktx"),     // KTX 1.0, section 2.1
        new([0xAB, .. "KTX 20"u8, 0xBB, .. "\r\n\u001A\n"u8], "image/ktx2"),    // KTX 2.0, section 3.1
        new([0x76, 0x2F, 0x31, 0x01], "image/x-exr"),                           // OpenEXR File Layout, "Magic Number"
        new("#?RADIANCE\n"u8, "image/vnd.radiance") { OnlyInBinary = true },    // Radiance file formats, "Picture File Format"
        new([.. "BPG"u8, 0xFB], "image/bpg"),                                   // BPG Specification 0.9.8, section 3.1; unregistered
        new("gimp xcf "u8, "image/x-xcf") { OnlyInBinary = true },              // GIMP developer documentation, "xcf.txt"
        new("P4\n"u8, "image/x-portable-bitmap") { OnlyInBinary = true },       // netpbm: the binary variants
        new("P5\n"u8, "image/x-portable-graymap") { OnlyInBinary = true },
        new("P6\n"u8, "image/x-portable-pixmap") { OnlyInBinary = true },
        new([0xD7, 0xCD, 0xC6, 0x9A, 0, 0], "image/wmf"),                       // RFC 7903; [MS-WMF] 2.3.2.3
        new([1, 0, 0, 0, .. new byte[36], .. " EMF"u8], [0xFF, 0xFF, 0xFF, 0xFF, .. new byte[36]], "image/emf"), // [MS-EMF] 2.3.4.2
        new("AC1000\0"u8, [0xFF, 0xFF, 0xFF, 0xFF, 0xF0, 0xF0], "image/vnd.dwg"), // "AC1015" (2000) and later versions

        // Audio and video: https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern (section 6.2)
        new("FORM\0\0\0\0AIFF"u8, AnySize, "audio/aiff"),
        new("FORM\0\0\0\0AIFC"u8, AnySize, "audio/aiff"), // Apple AIFF-C, 1991: what macOS writes
        new("ID3"u8, "audio/mpeg") { OnlyInBinary = true },
        new("OggS\0"u8, "application/ogg"),
        new("MThd\0\0\0\u0006"u8, "audio/midi"),
        new("RIFF\0\0\0\0AVI "u8, AnySize, "video/avi"),
        new("RIFF\0\0\0\0WAVE"u8, AnySize, "audio/wave"),
        new("RF64\0\0\0\0WAVE"u8, AnySize, "audio/wave"),                      // EBU Tech 3306: of more than 4 GB
        new("BW64\0\0\0\0WAVE"u8, AnySize, "audio/wave"),                      // ITU-R BS.2088
        // RFC 9639, section 8: the STREAMINFO block, 34 bytes long, comes first; the top bit of its type says whether it is the last
        new("fLaC\0\0\0\u0022"u8, [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "audio/flac"),
        new("#!AMR\n"u8, "audio/amr") { OnlyInBinary = true },                  // RFC 4867, section 5.1
        new("#!AMR-WB\n"u8, "audio/amr-wb") { OnlyInBinary = true },
        new("RIFF\0\0\0\0QLCM"u8, AnySize, "audio/qcelp"),                     // RFC 3625, section 3
        new("caff\0\u0001\0\0"u8, "audio/x-caf"),                              // Apple Core Audio Format, "CAFFileHeader"
        new(".snd\0"u8, "audio/basic"),                                        // Sun audio: magic, then the length of the header
        new("MAC "u8, "audio/x-ape") { OnlyInBinary = true },                   // Monkey's Audio; unregistered, as the next four
        new("wvpk"u8, "audio/x-wavpack") { OnlyInBinary = true },               // WavPack 4 and 5 file format, "Block Header"
        new("MPCK"u8, "audio/x-musepack") { OnlyInBinary = true },              // Musepack SV8
        new("MP+"u8, "audio/x-musepack") { OnlyInBinary = true },               // Musepack SV7
        new("DSD \u001C\0\0\0"u8, "audio/x-dsf"),                              // DSF File Format Specification 1.01: a chunk of 28 bytes
        new("FLV\u0001"u8, "video/x-flv"),                                     // Video File Format Specification 10, annex E.2
        new([0x00, 0x00, 0x01, 0xBA], "video/mpeg"),                            // ISO/IEC 13818-1, section 2.5.3.4: a pack of a program
        new([0x00, 0x00, 0x01, 0xB3], "video/mpeg"),                            // ISO/IEC 13818-2, section 6.2.2.1: a sequence
        // Advanced Systems Format, section 10.1: the id of the header object
        new([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C], "application/vnd.ms-asf"),
        // SMPTE ST 377-1, section 7.1 (RFC 4539): the key of a partition pack
        new([0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01, 0x02], "application/mxf"),
        new(".RMF\0\0"u8, "application/vnd.rn-realmedia"),                      // RealMedia File Format, "File Header"
        new("FWS"u8, "application/vnd.adobe.flash.movie") { OnlyInBinary = true }, // SWF 19, "The SWF header"; C and Z: compressed
        new("CWS"u8, "application/vnd.adobe.flash.movie") { OnlyInBinary = true },
        new("ZWS"u8, "application/vnd.adobe.flash.movie") { OnlyInBinary = true },

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
        new("true\0"u8, "font/ttf"), // TrueType Reference Manual, "The scaler type"
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
        new([0x02, 0x21, 0x4C, 0x18], "application/x-lz4"),                  // the same, "Legacy frame", as Linux kernels have it
        // bzip2: "BZh", the block size as a digit, then a block (pi in BCD) or the end of the stream (the square root of pi)
        new([.. "BZh0"u8, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0xFF, 0xFF, 0xFF, 0xF0], "application/x-bzip2"),
        new([.. "BZh0"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90], [0xFF, 0xFF, 0xFF, 0xF0], "application/x-bzip2"),

        new([0x5D, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0, 0],
            "application/x-lzma"),                                              // lzma-file-format.txt, of unknown size, as xz writes it
        new("LZIP\u0001"u8, "application/x-lzip"),                              // lzip manual, "File format"; unregistered
        new([0x89, .. "LZO\0\r\n\u001A\n"u8], "application/x-lzop"),           // lzop.h, "lzop_magic"
        new([0xFF, 0x06, 0x00, 0x00, .. "sNaPpY"u8], "application/x-snappy-framed"), // snappy's framing_format.txt, section 4.1
        new([0x1F, 0x9D, 0x80], [0xFF, 0xFF, 0xE0], "application/x-compress"),  // compress(1): block mode, no reserved bits
        new("MSCF\0\0\0\0"u8, "application/vnd.ms-cab-compressed"),            // [MS-CAB] section 2.1
        new("MSWIM\0\0\0"u8, "application/x-ms-wim"),                          // Windows Imaging File Format, "_WIMHEADER_V1_PACKED"
        new("!<arch>\ndebian-binary"u8, "application/vnd.debian.binary-package"), // deb(5)
        new("!<arch>\n"u8, "application/x-archive"),                            // ar(5)
        new([0xED, 0xAB, 0xEE, 0xDB], "application/x-rpm"),                     // RPM file format, "Lead"
        new("070701"u8, "application/x-cpio") { OnlyInBinary = true },          // cpio(5): new ASCII
        new("070702"u8, "application/x-cpio") { OnlyInBinary = true },          // the same with a checksum
        new("070707"u8, "application/x-cpio") { OnlyInBinary = true },          // POSIX.1-1996: octal
        new("xar!\0\u001C"u8, "application/x-xar"),                             // xar: the size of its header is 28; macOS packages
        new("Cr24\u0002\0\0\0"u8, "application/x-chrome-extension"),           // CRX2
        new("Cr24\u0003\0\0\0"u8, "application/x-chrome-extension"),           // CRX3 (chromium, components/crx_file)
        new("hsqs"u8, "application/vnd.squashfs") { OnlyInBinary = true },      // Squashfs 4.0, "Superblock"

        // Disk images
        new([.. "QFI"u8, 0xFB], "application/x-qemu-disk"),                     // QEMU, "Qcow2 Image Format"; unregistered, as the others
        new("vhdxfile"u8, "application/x-vhdx-disk") { OnlyInBinary = true },   // [MS-VHDX] section 2.2.1
        new("conectix\0"u8, "application/x-vhd-disk"),                          // VHD 1.0, of dynamic size: the footer's copy comes first
        new("KDMV"u8, "application/x-vmdk-disk") { OnlyInBinary = true },       // VMware Virtual Disk Format 5.0, "Hosted Sparse Extents"

        // Tables and databases
        new("PAR1"u8, "application/vnd.apache.parquet") { OnlyInBinary = true }, // parquet.apache.org/docs/file-format
        new("PARE"u8, "application/vnd.apache.parquet") { OnlyInBinary = true }, // the same with an encrypted footer
        new("ARROW1\0\0"u8, "application/vnd.apache.arrow.file"),                // Arrow columnar format, "IPC File Format"
        new("Obj\u0001"u8, "application/avro"),                                  // Avro 1.12, "Object Container Files"; unregistered
        new("ORC"u8, "application/vnd.apache.orc") { OnlyInBinary = true },      // ORC v1, "File Tail"; unregistered
        new("SQLite format 3\0"u8, "application/vnd.sqlite3"),                   // sqlite.org/fileformat.html, section 1.3.1

        new("\0\u0001\0\0Standard Jet DB\0"u8, "application/x-msaccess"),      // Access until 2003
        new("\0\u0001\0\0Standard ACE DB\0"u8, "application/x-msaccess"),      // Access since 2007
        new([0x89, .. "HDF\r\n\u001A\n"u8], "application/x-hdf5"),              // HDF5 File Format 3.0, section II.A
        new("CDF\u0001"u8, "application/x-netcdf"),                             // NetCDF classic format; the next: 64-bit offset, data
        new("CDF\u0002"u8, "application/x-netcdf"),
        new("CDF\u0005"u8, "application/x-netcdf"),
        new([0x93, .. "NUMPY"u8], "application/x-npy"),                         // numpy.lib.format, "Format Version 1.0"
        new("MATLAB 5.0 MAT-file"u8, "application/x-matlab-data") { OnlyInBinary = true }, // MAT-File Format, "Level 5"
        new("$FL2@(#)"u8, "application/x-spss-sav") { OnlyInBinary = true },    // PSPP, "System File Format"
        new([0, 0, 0x27, 0x0A, .. new byte[20]], "application/vnd.shp"),        // ESRI Shapefile, "The Main File Header"
        new([0xD4, 0xC3, 0xB2, 0xA1], "application/vnd.tcpdump.pcap"),          // pcap file format, section 4: microseconds ...
        new([0xA1, 0xB2, 0xC3, 0xD4], "application/vnd.tcpdump.pcap"),
        new([0x4D, 0x3C, 0xB2, 0xA1], "application/vnd.tcpdump.pcap"),          // ... and nanoseconds
        new([0xA1, 0xB2, 0x3C, 0x4D], "application/vnd.tcpdump.pcap"),
        new([.. "\n\r\r\n\0\0\0\0"u8, 0x4D, 0x3C, 0x2B, 0x1A], AnySize, "application/x-pcapng"), // PCAPNG, section 4.1
        new([.. "\n\r\r\n\0\0\0\0"u8, 0x1A, 0x2B, 0x3C, 0x4D], AnySize, "application/x-pcapng"),
        new([0xD9, 0xD9, 0xF7], "application/cbor"),                            // RFC 8949, section 3.4.6
        new("bplist00"u8, "application/x-bplist") { OnlyInBinary = true },      // Apple CFBinaryPList; unregistered

        // Documents before OOXML (.doc, .xls, .ppt, .msg): [MS-CFB] section 2.2. Only the directory tells which one, and it is often at the
        // end.
        new([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/x-ole-storage"),

        // Other documents
        new([0xC5, 0xD0, 0xD3, 0xC6], "application/postscript"),                // EPSF 3.0, "MS-DOS EPS": a preview, and PostScript
        new([.. "AT&TFORM\0\0\0\0DJVU"u8], [.. new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, .. AnySize], "image/vnd.djvu"), // DjVu 3, section 8
        new([.. "AT&TFORM\0\0\0\0DJVM"u8], [.. new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, .. AnySize], "image/vnd.djvu"),
        new("ITSF\u0003\0\0\0"u8, "application/vnd.ms-htmlhelp"),              // compiled help: the header's version is 3
        new([0xFF, 0x57, 0x50, 0x43], "application/vnd.wordperfect"),
        new([0x06, 0x06, 0xED, 0xF5, 0xD8, 0x1D, 0x46, 0xE5], "application/x-indesign"), // Adobe XMP, part 3, section 2.3.3.2
        new([0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3],
            "application/onenote"),                                             // [MS-ONESTORE] section 2.3.1
        new([0x78, 0x9F, 0x3E, 0x22], "application/vnd.ms-tnef"),               // [MS-OXTNEF] section 2.1.3.2: winmail.dat
        new("!BDN"u8, "application/vnd.ms-outlook") { OnlyInBinary = true },    // [MS-PST] section 2.2.2.6

        // Models
        new("glTF\u0002\0\0\0"u8, "model/gltf-binary"),                        // glTF 2.0, section 4.4.2
        new("Kaydara FBX Binary  \0"u8, "application/vnd.autodesk.fbx"),        // unregistered
        new("BLENDER"u8, "application/x-blender") { OnlyInBinary = true },      // unregistered

        // Others
        new("d8:announce"u8, "application/x-bittorrent") { OnlyInBinary = true }, // BEP 3: its keys are sorted
        new([0xDE, 0x12, 0x04, 0x95], "application/x-gettext-translation"),     // gettext manual, "The Format of GNU MO Files"
        new([0x95, 0x04, 0x12, 0xDE], "application/x-gettext-translation"),
        new([0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2], "application/x-java-keystore"), // JDK, JavaKeyStore: version 2
        new([0x03, 0xD9, 0xA2, 0x9A, 0x67, 0xFB, 0x4B, 0xB5], "application/x-keepass2"), // KDBX 4, "Outer header"

        // Programs. PortableExecutableSniffer handles PE.
        new("\0asm"u8, "application/wasm"),         // WebAssembly core 5.5.16
        new([0x7F, .. "ELF"u8], "application/x-elf"), // System V ABI, "ELF Identification"; the unregistered name that Apache Tika uses
        // mach-o/loader.h: 32 and 64 bits, in both orders; unregistered
        new([0xFE, 0xED, 0xFA, 0xCE], "application/x-mach-binary"),
        new([0xFE, 0xED, 0xFA, 0xCF], "application/x-mach-binary"),
        new([0xCE, 0xFA, 0xED, 0xFE], "application/x-mach-binary"),
        new([0xCF, 0xFA, 0xED, 0xFE], "application/x-mach-binary"),
        // The same four bytes begin a Mach-O file for several processors (mach-o/fat.h: then their number) and a Java class (JVM
        // specification, section 4.1: then its version, whose major number is 45 or more).
        new([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0], EighthByteMask, "application/x-mach-binary"),
        new([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0x20], [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xE0], "application/java-vm"),
        new([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0x40], [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xE0], "application/java-vm"),
        new("dex\n0"u8, "application/x-dex") { OnlyInBinary = true }, // Android, "Dalvik executable format", "DEX_FILE_MAGIC"
        // [MS-SHLLINK] section 2.1: the size of the header and the class of a link
        new([0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46], "application/x-ms-shortcut"),
    ];
}
