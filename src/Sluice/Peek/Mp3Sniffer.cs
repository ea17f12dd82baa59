namespace Sluice.Peek;

/// <summary>
/// Recognizes MPEG audio layer III without an ID3 tag: a frame header, and another one where the first frame ends.
/// </summary>
/// <remarks>
/// https://mimesniff.spec.whatwg.org/#signature-for-mp3-without-id3 (section 6.2.3). Eleven set bits are too common to trust one header.
/// Where the standard's text contradicts ISO/IEC 11172-3, section 2.4.1.3 (it swaps the bit rates of versions 1 and 2), this follows the
/// latter.
/// </remarks>
internal static class Mp3Sniffer
{
    private const int HeaderBytes = 4;

    private const int RateUnit = 8000;

    /// <summary>Bit rates by index, in 8000 bit/s. Index 0 is "free", of unknown length; 15 is forbidden.</summary>
    private static ReadOnlySpan<byte> Version1Rates => [0, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 0];

    /// <summary>The same for versions 2 and 2.5.</summary>
    private static ReadOnlySpan<byte> Version2Rates => [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 0];

    /// <summary>Sniffs the first bytes of a body; null if they do not hold two frame headers at the right distance.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header)
    {
        var frameBytes = FrameBytes(header);
        if (frameBytes < HeaderBytes || frameBytes > header.Length) return null;
        return FrameBytes(header[frameBytes..]) > 0 ? "audio/mpeg" : null;
    }

    /// <summary>The length of the frame that starts here; 0 if none does.</summary>
    private static int FrameBytes(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < HeaderBytes || frame[0] != 0xFF || (frame[1] & 0xE0) != 0xE0) return 0;

        var version = (frame[1] >> 3) & 3; // 0: 2.5, 1: reserved, 2: 2, 3: 1
        var layer = (frame[1] >> 1) & 3; // 1: III
        if (version == 1 || layer != 1) return 0;

        var bitsPerSecond = (version == 3 ? Version1Rates : Version2Rates)[frame[2] >> 4] * RateUnit;
        var samplesPerSecond = ((frame[2] >> 2) & 3) switch { 0 => 44_100, 1 => 48_000, 2 => 32_000, _ => 0 };
        if (bitsPerSecond == 0 || samplesPerSecond == 0) return 0;

        if (version != 3) samplesPerSecond /= version == 2 ? 2 : 4;
        var padding = (frame[2] >> 1) & 1;
        return ((version == 3 ? 144 : 72) * bitsPerSecond / samplesPerSecond) + padding;
    }
}
