namespace Sluice.Peek;

/// <summary>
/// Recognizes a tar archive by its first header block: POSIX.1-2017 pax, "ustar Interchange Format", GNU tar's variant of it, and the
/// format of Unix version 7, which had no signature yet.
/// </summary>
/// <remarks>
/// "ustar" at offset 257 can occur in any text, and need not occur in an archive, so the checksum decides. A window is at least as long as
/// the block.
/// </remarks>
internal static class TarSniffer
{
    private const int BlockBytes = 512;
    private const int ChecksumOffset = 148;
    private const int ChecksumBytes = 8;
    private const int MagicOffset = 257;

    /// <summary>Sniffs the first bytes of a body; null if it is not a tar archive with a signature.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header) =>
        header.Length >= BlockBytes && header[MagicOffset..].StartsWith("ustar"u8) ? SniffVersion7(header) : null;

    /// <summary>Sniffs the first bytes of a body; null if it is not a tar archive, with or without a signature.</summary>
    public static string? SniffVersion7(ReadOnlySpan<byte> header)
    {
        if (header.Length < BlockBytes) return null;
        var block = header[..BlockBytes];
        return ReadOctal(block.Slice(ChecksumOffset, ChecksumBytes)) == Checksum(block) ? "application/x-tar" : null;
    }

    /// <summary>The sum of all bytes of the block, with those of the checksum itself counted as spaces.</summary>
    private static int Checksum(ReadOnlySpan<byte> block)
    {
        var sum = ChecksumBytes * ' ';
        foreach (var b in block[..ChecksumOffset]) sum += b;
        foreach (var b in block[(ChecksumOffset + ChecksumBytes)..]) sum += b;
        return sum;
    }

    /// <summary>A number in octal digits, after spaces and before a space or NUL; -1 if there is none.</summary>
    private static int ReadOctal(ReadOnlySpan<byte> field)
    {
        field = field.TrimStart((byte)' ');
        var end = field.IndexOfAnyExceptInRange((byte)'0', (byte)'7');
        if (end == 0 || field.IsEmpty) return -1;

        var value = 0;
        foreach (var digit in end < 0 ? field : field[..end]) value = (value * 8) + (digit - '0');
        return value;
    }
}
