namespace Sluice.Peek;

/// <summary>
/// Recognizes AAC in ADTS frames, as radio stations and .aac files have it: a frame header, and another one like it where the first frame
/// ends.
/// </summary>
/// <remarks>ISO/IEC 14496-3, annex 1.A.2.2. Twelve set bits are too common to trust one header.</remarks>
internal static class AdtsSniffer
{
    private const int HeaderBytes = 7;

    /// <summary>Sniffs the first bytes of a body; null if they do not hold two frame headers at the right distance.</summary>
    public static string? Sniff(ReadOnlySpan<byte> header)
    {
        var frameBytes = FrameBytes(header);
        if (frameBytes == 0 || frameBytes > header.Length || FrameBytes(header[frameBytes..]) == 0) return null;

        // The fixed header is the same in all frames: the first 28 bits.
        var next = header[frameBytes..];
        return next[1] == header[1] && next[2] == header[2] && (next[3] & 0xF0) == (header[3] & 0xF0) ? "audio/aac" : null;
    }

    /// <summary>The length of the frame that starts here; 0 if none does.</summary>
    private static int FrameBytes(ReadOnlySpan<byte> frame)
    {
        // The sync word, and the layer, which is 0.
        if (frame.Length < HeaderBytes || frame[0] != 0xFF || (frame[1] & 0xF6) != 0xF0) return 0;

        // Of 16 sampling rates the last three are reserved.
        var samplingRate = (frame[2] >> 2) & 0xF;
        var frameBytes = ((frame[3] & 3) << 11) | (frame[4] << 3) | (frame[5] >> 5);
        return samplingRate < 13 && frameBytes > HeaderBytes ? frameBytes : 0;
    }
}
