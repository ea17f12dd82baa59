using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class Mp3SnifferTests
{
    /// <summary>Frame lengths of ISO/IEC 11172-3: 144 (versions 2, 2.5: 72) times bit rate by sampling rate, plus padding.</summary>
    [Theory]
    [InlineData(0xFFFB9064, 417)] // version 1, 128 kbit/s, 44.1 kHz
    [InlineData(0xFFFB9264, 418)] // padded
    [InlineData(0xFFFA9064, 417)] // with a CRC
    [InlineData(0xFFFBE064, 1044)] // 320 kbit/s
    [InlineData(0xFFFBE864, 1440)] // 320 kbit/s, 32 kHz: the longest
    [InlineData(0xFFFB5464, 192)] // 64 kbit/s, 48 kHz
    [InlineData(0xFFF38064, 208)] // version 2, 64 kbit/s, 22.05 kHz
    [InlineData(0xFFE38064, 417)] // version 2.5, 64 kbit/s, 11.025 kHz
    public void Two_frames_one_after_the_other_are_mp3(uint header, int frameBytes) =>
        Assert.Equal("audio/mpeg", Sniff(SniffBodies.Mp3(header, frameBytes)));

    [Theory]
    [InlineData(0xFFFB9064, 416)] // the second frame a byte early
    [InlineData(0xFFFB9064, 418)] // and a byte late
    [InlineData(0xFFFB0064, 417)] // free bit rate
    [InlineData(0xFFFBF064, 417)] // forbidden bit rate
    [InlineData(0xFFFB9C64, 417)] // reserved sampling rate
    [InlineData(0xFFEB9064, 417)] // reserved version
    [InlineData(0xFFFD9064, 417)] // layer II
    [InlineData(0xFFF99064, 417)] // no layer: AAC in ADTS
    [InlineData(0xFEFB9064, 417)] // no sync
    public void Anything_else_is_not(uint header, int frameBytes) =>
        Assert.Equal("application/octet-stream", Sniff(SniffBodies.Mp3(header, frameBytes)));

    [Fact]
    public void One_frame_is_not_enough() => Assert.Equal("application/octet-stream", Sniff(SniffBodies.Mp3(0xFFFB9064, 417)[..417]));

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
