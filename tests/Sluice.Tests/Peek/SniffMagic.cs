namespace Sluice.Tests.Peek;

/// <summary>
/// First bytes of files, as their format's specification has them or as common software writes them: hexadecimal pairs, and text in quotes.
/// At least one for each row of the signature tables.
/// </summary>
internal static class SniffMagic
{
    /// <summary>Flags, PANOSE, Charset, Italic, Weight, fsType, MagicNumber.</summary>
    private const string EotUpToMagic = " 00 00 00 00 02 00 05 03 00 00 00 00 00 00 01 00 90 01 00 00 00 00 'LP'";

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

        // Fonts
        { "application/vnd.ms-fontobject", "9C 41 00 00 D8 40 00 00 00 00 01 00" + EotUpToMagic },
        { "application/vnd.ms-fontobject", "9C 41 00 00 D8 40 00 00 01 00 02 00" + EotUpToMagic },
        { "application/vnd.ms-fontobject", "9C 41 00 00 D8 40 00 00 02 00 02 00" + EotUpToMagic },
        { "font/ttf", "00 01 00 00 00 12 01 00 00 04 00 20 'DSIG'" },
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

        // Documents and programs
        { "application/pdf", "'%PDF-1.7' 0A 25 E2 E3 CF D3" },
        { "application/postscript", "'%!PS-Adobe-3.0 EPSF-3.0' 0A" },
        { "application/rtf", "'{\\rtf1\\ansi\\deff0'" },
        { "application/x-ole-storage", "D0 CF 11 E0 A1 B1 1A E1 00 00 00 00 00 00 00 00" },
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
        { "application/octet-stream", "00 01 00 00 'Standard Jet DB' 00" },
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
