namespace Sluice.Peek;

/// <summary>
/// Recognizes MPEG-2 transport streams (ISO/IEC 13818-1, section 2.4.3.2), as broadcasts and cameras record them: each packet of 188 bytes
/// begins with the same byte. AVCHD and Blu-ray put four more bytes before each packet.
/// </summary>
internal static class MpegTransportSniffer
{
    private const byte SyncByte = 0x47;
    private const int PacketBytes = 188;
    private const int TimestampBytes = 4;

    /// <summary>So many packets are needed to tell a stream from other bytes.</summary>
    private const int LeastPackets = 4;

    /// <summary>Sniffs the first bytes of a binary body; null if they are not several packets.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header) =>
        IsStream(header, PacketBytes)
        || (header.Length > TimestampBytes && IsStream(header[TimestampBytes..], TimestampBytes + PacketBytes))
            ? "video/mp2t"
            : null;

    private static bool IsStream(ReadOnlySpan<byte> header, int stride)
    {
        var packets = 0;
        for (; header.Length > 0 && header[0] == SyncByte; packets++)
        {
            header = header[Math.Min(stride, header.Length)..];
        }

        return header.IsEmpty && packets >= LeastPackets;
    }
}
