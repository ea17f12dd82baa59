namespace Sluice.Tests.Peek;

/// <summary>
/// First bytes of files, as their format's specification has them or as common software writes them: hexadecimal pairs, and text in quotes.
/// At least one for each row of the signature tables.
/// </summary>
internal static class SniffMagic
{
    /// <summary>Flags, PANOSE, Charset, Italic, Weight, fsType, MagicNumber.</summary>
    private const string EotUpToMagic = " 00 00 00 00 02 00 05 03 00 00 00 00 00 00 01 00 90 01 00 00 00 00 'LP'";

    private const string Zeros16 = " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    public static readonly TheoryData<string, string> Rows = new()
    {
        // Images
        { "image/x-icon", "00 00 01 00 01 00 10 10 00 00 01 00 20 00 68 04 00 00 16 00 00 00" },
        { "image/x-icon", "00 00 02 00 01 00 20 20 00 00 00 00 00 00 A8 10 00 00 16 00 00 00" },
        { "image/bmp", "'BM' 46 00 00 00 00 00 00 00 36 00 00 00 28 00 00 00 02 00 00 00" },
        { "image/gif", "'GIF87a' 01 00 01 00 80 00 00" },
        { "image/gif", "'GIF89a' 01 00 01 00 80 00 00 FF FF FF 00 00 00 2C" },
        { "image/webp", "'RIFF' 24 00 00 00 'WEBPVP8 ' 18 00 00 00" },
        { "image/webp", "'RIFF' AC 01 00 00 'WEBPVP8L' 9F 01 00 00 2F" },
        { "image/png", "89 'PNG' 0D 0A 1A 0A 00 00 00 0D 'IHDR' 00 00 00 01" },
        { "image/jpeg", "FF D8 FF E0 00 10 'JFIF' 00 01 01" },
        { "image/jpeg", "FF D8 FF E1 1C 45 'Exif' 00 00" },
        { "image/tiff", "'II' 2A 00 08 00 00 00" },
        { "image/tiff", "'MM' 00 2A 00 00 00 08" },
        { "image/tiff", "'II' 2B 00 08 00 00 00" },
        { "image/tiff", "'MM' 00 2B 00 08 00 00" },
        { "image/x-olympus-orf", "'IIRS' 08 00 00 00" },
        { "image/x-olympus-orf", "'MMOR' 00 00 00 08" },
        { "image/vnd.adobe.photoshop", "'8BPS' 00 02 00 00 00 00 00 00 00 03" },
        { "image/vnd.ms-dds", "'DDS ' 7C 00 00 00 07 10 00 00" },
        { "image/ktx2", "AB 'KTX 20' BB 0D 0A 1A 0A" },
        { "image/x-exr", "76 2F 31 01 02 00 00 00 'channels' 00" },
        { "image/vnd.radiance", "'#?RADIANCE' 0A 'FORMAT=32-bit_rle_rgbe' 0A 0A '-Y 1 +X 8' 0A 02 02 00 08" },
        { "image/x-portable-bitmap", "'P4' 0A '8 1' 0A 00" },
        { "image/x-portable-graymap", "'P5' 0A '1 1' 0A '255' 0A 00" },
        { "image/x-portable-pixmap", "'P6' 0A '1 1' 0A '255' 0A 00 01 02" },
        { "image/wmf", "D7 CD C6 9A 00 00 00 00 00 00 00 01 00 01" },
        { "image/emf", "01 00 00 00 6C 00 00 00" + Zeros16 + Zeros16 + " ' EMF' 00 00 01 00" },
        { "image/vnd.djvu", "'AT&TFORM' 00 00 12 34 'DJVUINFO'" },
        { "image/vnd.djvu", "'AT&TFORM' 00 00 12 34 'DJVMDIRM'" },

        // Audio and video
        { "audio/aiff", "'FORM' 00 00 10 2E 'AIFFCOMM' 00 00 00 12" },
        { "audio/aiff", "'FORM' 00 00 10 2E 'AIFCFVER' 00 00 00 04" },
        { "audio/mpeg", "'ID3' 03 00 00 00 00 0F 76 'TIT2'" },
        { "application/ogg", "'OggS' 00 02 00 00 00 00 00 00 00 00" },
        { "audio/midi", "'MThd' 00 00 00 06 00 01 00 02 01 E0 'MTrk'" },
        { "video/avi", "'RIFF' F0 3A 02 00 'AVI LIST' 26 01 00 00 'hdrlavih'" },
        { "audio/wave", "'RIFF' 24 08 00 00 'WAVEfmt ' 10 00 00 00 01 00" },
        { "audio/flac", "'fLaC' 00 00 00 22 10 00 10 00" },
        { "audio/flac", "'fLaC' 80 00 00 22 10 00 10 00" },
        { "audio/wave", "'RF64' FF FF FF FF 'WAVEds64' 1C 00 00 00" },
        { "audio/wave", "'BW64' FF FF FF FF 'WAVEds64' 1C 00 00 00" },
        { "audio/amr-wb", "'#!AMR-WB' 0A 04 10 20" },
        { "audio/x-caf", "'caff' 00 01 00 00 'desc' 00 00 00 00 00 00 00 20" },
        { "audio/basic", "'.snd' 00 00 00 18 00 00 10 00 00 00 00 01" },
        { "application/vnd.adobe.flash.movie", "'CWS' 0A 00 10 00 00 78 9C" },
        { "application/vnd.adobe.flash.movie", "'ZWS' 0D 00 10 00 00 5D 00 00" },
        { "video/quicktime", "00 00 00 08 'wide' 00 00 10 00 'mdat'" },
        { "video/quicktime", "00 00 00 14 'pnot' 00 00 00 00 00 00" },

        // Fonts
        { "application/vnd.ms-fontobject", "9C 41 00 00 D8 40 00 00 00 00 01 00" + EotUpToMagic },
        { "application/vnd.ms-fontobject", "9C 41 00 00 D8 40 00 00 01 00 02 00" + EotUpToMagic },
        { "application/vnd.ms-fontobject", "9C 41 00 00 D8 40 00 00 02 00 02 00" + EotUpToMagic },
        { "font/ttf", "00 01 00 00 00 12 01 00 00 04 00 20 'DSIG'" },
        { "font/ttf", "'true' 00 0F 00 80 00 03 00 70 'OS/2'" },
        { "font/otf", "'OTTO' 00 0B 00 80 00 03 00 30 'CFF '" },
        { "font/collection", "'ttcf' 00 02 00 00 00 00 00 02" },
        { "font/woff", "'wOFF' 00 01 00 00 00 00 5A E4" },
        { "font/woff2", "'wOF2' 00 01 00 00 00 00 44 A0" },

        // Archives and compressed files
        { "application/x-gzip", "1F 8B 08 08 9A 5E 8F 65 00 03" },
        { "application/x-rar-compressed", "'Rar!' 1A 07 00 CF 90 73 00 00 0D" },
        { "application/x-rar-compressed", "'Rar!' 1A 07 01 00 33 92 B5 E5 0A 01" },
        { "application/zip", "'PK' 05 06 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00" },
        { "application/zip", "'PK' 07 08 'PK' 03 04 14 00 00 00 08 00" },
        { "application/zstd", "28 B5 2F FD 24 0D 69 00 00" },
        { "application/x-xz", "FD '7zXZ' 00 00 04 E6 D6 B4 46" },
        { "application/x-7z-compressed", "'7z' BC AF 27 1C 00 04 5B 38 BE F9" },
        { "application/x-lz4", "04 22 4D 18 64 40 A7 0D 00 00 80" },
        { "application/x-lzop", "89 'LZO' 00 0D 0A 1A 0A 10 40 20 A0" },
        { "application/x-snappy-framed", "FF 06 00 00 'sNaPpY' 00 0D 00 00" },
        { "application/x-ms-wim", "'MSWIM' 00 00 00 D0 00 00 00 00 0D 01 00" },
        { "application/x-cpio", "'070701' '000A0B0C' '000081A4' 00" },
        { "application/x-cpio", "'070702' '000A0B0C' '000081A4' 00" },
        { "application/x-xar", "'xar!' 00 1C 00 01 00 00 00 00" },
        { "application/x-chrome-extension", "'Cr24' 03 00 00 00 12 02 00 00" },
        { "application/vnd.squashfs", "'hsqs' 07 00 00 00 5E 00 00 00" },

        // Disk images
        { "application/x-qemu-disk", "'QFI' FB 00 00 00 03 00 00 00 00" },
        { "application/x-vhdx-disk", "'vhdxfile' 'M' 00 'i' 00 'c' 00" },
        { "application/x-vhd-disk", "'conectix' 00 00 00 02 00 01 00 00" },
        { "application/x-vmdk-disk", "'KDMV' 01 00 00 00 03 00 00 00" },
        { "application/x-vdi-disk", "'<<< Oracle VM VirtualBox Disk Image >>>' 0A" + Zeros16 + " 00 00 00 00 00 00 00 00 7F 10 DA BE 01" },
        { "application/x-bzip2", "'BZh9' 31 41 59 26 53 59 D8 72 01 2F" },
        { "application/x-bzip2", "'BZh1' 31 41 59 26 53 59 D8 72 01 2F" },
        { "application/x-bzip2", "'BZh9' 17 72 45 38 50 90 00 00 00 00" },

        // Tables and databases
        { "application/vnd.apache.parquet", "'PAR1' 15 04 15 90 01 15 7A 4C 15 12" },
        { "application/vnd.apache.parquet", "'PARE' 15 04 15 90 01 15 7A 4C 15 12" },
        { "application/vnd.apache.arrow.file", "'ARROW1' 00 00 FF FF FF FF B8 00 00 00" },
        { "application/avro", "'Obj' 01 04 16 'avro.schema'" },
        { "application/vnd.apache.orc", "'ORC' 11 00 00 0A 06 12 04 08 01 50 00" },
        { "application/vnd.sqlite3", "'SQLite format 3' 00 10 00 01 01 00 40 20 20" },
        { "application/x-msaccess", "00 01 00 00 'Standard Jet DB' 00 01 00" },
        { "application/x-msaccess", "00 01 00 00 'Standard ACE DB' 00 02 00" },
        { "application/x-hdf5", "89 'HDF' 0D 0A 1A 0A 00 00 00 00 00 08 08 00" },
        { "application/x-netcdf", "'CDF' 01 00 00 00 00 00 00 00 0A" },
        { "application/x-netcdf", "'CDF' 02 00 00 00 00 00 00 00 0A" },
        { "application/x-netcdf", "'CDF' 05 00 00 00 00 00 00 00 00" },
        { "application/x-npy", "93 'NUMPY' 01 00 76 00 '{'" },
        { "application/x-matlab-data", "'MATLAB 5.0 MAT-file, Platform: GLNXA64' 00 01 'IM'" },
        { "application/vnd.tcpdump.pcap", "4D 3C B2 A1 02 00 04 00 00 00 00 00" },
        { "application/vnd.tcpdump.pcap", "A1 B2 3C 4D 00 02 00 04 00 00 00 00" },
        { "application/x-pcapng", "0A 0D 0D 0A 1C 00 00 00 4D 3C 2B 1A 01 00 00 00" },
        { "application/x-pcapng", "0A 0D 0D 0A 00 00 00 1C 1A 2B 3C 4D 00 01 00 00" },
        { "application/cbor", "D9 D9 F7 A1 61 61 01" },

        // Documents and programs
        { "application/pdf", "'%PDF-1.7' 0A 25 E2 E3 CF D3" },
        { "application/postscript", "'%!PS-Adobe-3.0 EPSF-3.0' 0A" },
        { "application/rtf", "'{\\rtf1\\ansi\\deff0'" },
        { "application/x-ole-storage", "D0 CF 11 E0 A1 B1 1A E1 00 00 00 00 00 00 00 00" },
        { "application/vnd.wordperfect", "FF 'WPC' 10 00 00 00 01 0A 02 01" },
        { "application/onenote", "E4 52 5C 7B 8C D8 A7 4D AE B1 53 78 D0 29 96 D3" },
        { "application/vnd.ms-tnef", "78 9F 3E 22 01 00 01 06 90 08 00" },
        { "model/gltf-binary", "'glTF' 02 00 00 00 64 00 00 00" },
        { "application/x-bittorrent", "'d8:announce22:http://example.com/' 00" },
        { "application/x-gettext-translation", "95 04 12 DE 00 00 00 00 00 00 00 05" },
        { "application/x-keepass2", "03 D9 A2 9A 67 FB 4B B5 01 00 04 00" },
        { "application/x-mach-binary", "FE ED FA CE 00 00 00 12" },
        { "application/x-mach-binary", "FE ED FA CF 01 00 00 12" },
        { "application/x-mach-binary", "CE FA ED FE 07 00 00 00" },
        { "application/java-vm", "CA FE BA BE FF FF 00 41 00 0E 07" },
        { "application/x-dex", "'dex' 0A '035' 00 9C 5B" },
        { "application/wasm", "00 'asm' 01 00 00 00 01 07 01 60" },
        { "application/x-elf", "7F 'ELF' 02 01 01 00 00 00 00 00 00 00 00 00 03 00 3E 00" },

        // Markup: in any case, after white space, with either tag-terminating byte
        { "text/html", "'<!DOCTYPE html>'" },
        { "text/html", "'<!doctype HTML PUBLIC'" },
        { "text/html", "09 0A 0C 0D 20 '<!DocType hTmL>'" },
        { "text/html", "'<html lang=en>'" },
        { "text/html", "'<HEAD>'" },
        { "text/html", "'<script src=x>'" },
        { "text/html", "'<iframe src=x>'" },
        { "text/html", "'<h1>Title'" },
        { "text/html", "'<div class=x>'" },
        { "text/html", "'<font color=red>'" },
        { "text/html", "'<table>'" },
        { "text/html", "'<a href=x>'" },
        { "text/html", "'<style>'" },
        { "text/html", "'<title>'" },
        { "text/html", "'<b>'" },
        { "text/html", "'<body>'" },
        { "text/html", "'<br>'" },
        { "text/html", "'<p>'" },
        { "text/html", "'<!-- a comment'" },
        { "text/html", "'<!-->'" },
        { "text/xml", "'<?xml version=\"1.0\"?>'" },
        { "text/xml", "0A 0A '<?xml?>'" },

        // Text
        { "text/plain", "FE FF 00 'h' 00 'i'" },
        { "text/plain", "FF FE 'h' 00 'i' 00" },
        { "text/plain", "EF BB BF 'hi'" },
        { "text/plain", "EF BB BF 'hi' 00" },
        { "text/plain", "'hello'" },
        { "text/plain", "E3 81 82" },
        { "text/plain", "1B 24 42 24 22 1B 28 42" },

        // None of them
        { "application/octet-stream", "00" },
        { "application/octet-stream", "00 01 00 00 'Standard' 00" },
        { "application/octet-stream", "CA FE BA BE 00 00 01 00" },
        { "application/octet-stream", "'hello' 00" },
        { "application/octet-stream", "DE AD 00 EF 01 02 03" },
    };

    /// <summary>Reads <c>'RIFF' 24 08 00 00</c>.</summary>
    public static byte[] Parse(string magic)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < magic.Length; i++)
        {
            if (magic[i] == ' ') continue;
            if (magic[i] == '\'')
            {
                for (i++; magic[i] != '\''; i++) bytes.Add((byte)magic[i]);
                continue;
            }

            bytes.Add(Convert.FromHexString(magic.AsSpan(i, 2))[0]);
            i++;
        }

        return [.. bytes];
    }
}
