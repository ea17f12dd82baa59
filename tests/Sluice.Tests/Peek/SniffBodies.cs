using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sluice.Tests.Peek;

/// <summary>First bytes of formats that take a parser, built as their specifications say.</summary>
internal static class SniffBodies
{
    /// <summary>An ftyp box (ISO/IEC 14496-12, section 4.3) and the start of the next box.</summary>
    public static byte[] Ftyp(string majorBrand, params string[] compatibleBrands)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 16 + (4 * compatibleBrands.Length));
        return [.. size, .. "ftyp"u8, .. Ascii(majorBrand), 0, 0, 2, 0, .. Ascii(string.Concat(compatibleBrands)), 0, 0, 0, 8, .. "free"u8];
    }

    /// <summary>An EBML header (RFC 8794, section 11.2) as libwebm and mkvmuxer write it, and the start of a segment.</summary>
    public static byte[] Ebml(string docType) => Ebml([(byte)(0x80 | docType.Length), .. Ascii(docType)]);

    /// <summary>An EBML header with a DocType of these size and data.</summary>
    public static byte[] Ebml(byte[] docTypeSizeAndData) =>
    [
        0x1A, 0x45, 0xDF, 0xA3, 0x01, 0, 0, 0, 0, 0, 0, 0x1F,
        0x42, 0x86, 0x81, 0x01, 0x42, 0xF7, 0x81, 0x01, 0x42, 0xF2, 0x81, 0x04, 0x42, 0xF3, 0x81, 0x08,
        0x42, 0x82, .. docTypeSizeAndData,
        0x42, 0x87, 0x81, 0x04, 0x42, 0x85, 0x81, 0x02, 0x18, 0x53, 0x80, 0x67,
    ];

    /// <summary>Two frames of silence with this header, the first of this length.</summary>
    public static byte[] Mp3(uint header, int frameBytes)
    {
        var body = new byte[frameBytes + 64];
        BinaryPrimitives.WriteUInt32BigEndian(body, header);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(frameBytes), header);
        return body;
    }

    /// <summary>An archive of one empty file (POSIX.1-2017 pax, "ustar Interchange Format").</summary>
    public static byte[] Tar(string name, string magicAndVersion = "ustar\000")
    {
        var block = new byte[1024];
        Ascii(name).CopyTo(block, 0);
        "0000644\0"u8.CopyTo(block.AsSpan(100));
        "0001750\0"u8.CopyTo(block.AsSpan(108));
        "0001750\0"u8.CopyTo(block.AsSpan(116));
        "00000000000\0"u8.CopyTo(block.AsSpan(124));
        "14552035630\0"u8.CopyTo(block.AsSpan(136));
        "        "u8.CopyTo(block.AsSpan(148));
        block[156] = (byte)'0';
        Ascii(magicAndVersion).CopyTo(block, 257);
        var sum = block.Sum(static b => b);
        Ascii(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        return block;
    }

    /// <summary>A DOS stub whose offset at 0x3C leads to a PE signature.</summary>
    public static byte[] PortableExecutable(int offset = 0x80)
    {
        var body = new byte[offset + 64];
        "MZ\u0090\0"u8.CopyTo(body);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(0x3C), offset);
        "PE\0\0\u0064\u0086"u8.CopyTo(body.AsSpan(offset));
        return body;
    }

    /// <summary>A local file header and stored data of known size (APPNOTE.TXT 4.3.7).</summary>
    public static byte[] ZipEntry(string name, ReadOnlySpan<byte> data = default, ushort flags = 0, ushort method = 0, uint? size = null)
    {
        var header = new byte[30];
        "PK\u0003\u0004"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), method);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(18), size ?? (uint)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(22), size ?? (uint)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), (ushort)name.Length);
        return [.. header, .. Ascii(name), .. data];
    }

    /// <summary>An entry whose size and checksum follow its data, as a writer that cannot seek does it (APPNOTE.TXT 4.3.9).</summary>
    public static byte[] StreamedZipEntry(string name, ReadOnlySpan<byte> data, ushort method = 8) =>
    [
        .. ZipEntry(name, data, flags: 0x0008, method, size: 0),
        .. "PK\u0007\u0008"u8, 1, 2, 3, 4, (byte)data.Length, 0, 0, 0, (byte)data.Length, 0, 0, 0,
    ];

    /// <summary>An archive that System.IO.Compression writes, into a stream that can seek or one that cannot.</summary>
    public static byte[] Zip(bool seekable, params string[] names)
    {
        using var body = new MemoryStream();
        using (var target = seekable ? body : (Stream)new SniffUnseekableStream(body))
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes($"""<?xml version="1.0"?><part name="{name}"/>"""));
            }
        }

        return body.ToArray();
    }

    public static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);
}
