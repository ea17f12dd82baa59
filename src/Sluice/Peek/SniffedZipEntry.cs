using System.Buffers.Binary;

namespace Sluice.Peek;

/// <summary>A local file header of a ZIP archive and as much of its data as is in the window: APPNOTE.TXT 6.3.10, section 4.3.7.</summary>
internal readonly ref struct SniffedZipEntry
{
    private const int HeaderBytes = 30;
    private const int UnknownSize = -1;

    private SniffedZipEntry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, long size, bool stored)
    {
        Name = name;
        Data = data;
        Size = size;
        Stored = stored;
    }

    /// <summary>The four bytes that every local file header starts with.</summary>
    public static ReadOnlySpan<byte> Signature => "PK\u0003\u0004"u8;

    /// <summary>The entry's path in the archive, with forward slashes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The window from the first byte of the entry's data to its end.</summary>
    private ReadOnlySpan<byte> Data { get; }

    /// <summary>
    /// The length of the entry's data in bytes; <see cref="UnknownSize"/> if it is written after the data, in a data descriptor.
    /// </summary>
    private long Size { get; }

    /// <summary>Whether the data is not compressed.</summary>
    private bool Stored { get; }

    /// <summary>The window from the next entry's header to its end; empty if that header is beyond the window or can't be found.</summary>
    /// <remarks>
    /// After data of unknown size, this searches for the next signature. Not after stored data, which may itself be an archive whose
    /// headers are not entries of this one; compressed data is very unlikely to contain a signature.
    /// </remarks>
    public ReadOnlySpan<byte> Next
    {
        get
        {
            if (Size == UnknownSize && Stored) return [];
            if (Size > Data.Length) return [];

            // The search also skips a descriptor (12 to 24 bytes, 4.3.9) after data of known size.
            var rest = Size == UnknownSize ? Data : Data[(int)Size..];
            var at = rest.IndexOf(Signature);
            return at < 0 ? [] : rest[at..];
        }
    }

    /// <summary>Whether the entry's data is this text, uncompressed. The end of a line, which some software writes, may follow.</summary>
    public bool Holds(ReadOnlySpan<byte> text)
    {
        if (!Stored || !Data.StartsWith(text)) return false;
        var rest = Size == UnknownSize ? Data[text.Length..] : Data[text.Length..(int)Math.Clamp(Size, text.Length, Data.Length)];
        rest = rest.TrimStart("\r\n"u8);
        return Size == UnknownSize ? rest.StartsWith("PK"u8) : rest.IsEmpty && Size >= text.Length;
    }

    /// <summary>Reads the entry whose header a window starts with; false if there is none, or if its name is cut off.</summary>
    public static bool TryRead(ReadOnlySpan<byte> window, out SniffedZipEntry entry)
    {
        entry = default;
        if (window.Length < HeaderBytes || !window.StartsWith(Signature)) return false;

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(window[6..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(window[8..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(window[18..]);
        var nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(window[26..]);
        var extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(window[28..]);
        if (window.Length < HeaderBytes + nameBytes) return false;

        var name = window.Slice(HeaderBytes, nameBytes);
        var data = window[Math.Min(window.Length, HeaderBytes + nameBytes + extraBytes)..];

        // 4.4.4 bit 3: the size is in the descriptor. 4.4.8: all ones mean that it is in the ZIP64 extra field. A directory has no data.
        var described = (flags & 0x0008) != 0 && size == 0 && !name.EndsWith("/"u8);
        var known = !described && size != uint.MaxValue;
        entry = new(name, data, known ? size : UnknownSize, stored: method == 0);
        return true;
    }
}
