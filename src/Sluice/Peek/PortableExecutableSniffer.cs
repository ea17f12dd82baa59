using System.Buffers.Binary;

namespace Sluice.Peek;

/// <summary>
/// Recognizes Windows programs and libraries: https://learn.microsoft.com/windows/win32/debug/pe-format ("MS-DOS Stub").
/// </summary>
/// <remarks>
/// Words may begin with "MZ", so the offset at 0x3C must also lead to the PE signature. Programs for plain DOS, which have none, stay
/// unknown.
/// </remarks>
internal static class PortableExecutableSniffer
{
    private const int SignatureOffsetOffset = 0x3C;

    /// <summary>Sniffs the first bytes of a body; null if it is not a portable executable.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header)
    {
        if (header.Length < SignatureOffsetOffset + sizeof(uint) || !header.StartsWith("MZ"u8)) return null;
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(header[SignatureOffsetOffset..]);
        if (offset > header.Length) return null;
        return header[(int)offset..].StartsWith("PE\0\0"u8) ? "application/vnd.microsoft.portable-executable" : null;
    }
}
