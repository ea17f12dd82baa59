using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class AdtsSnifferTests
{
    private const int FrameBytes = 200;

    [Theory]
    [InlineData(0xF1)] // MPEG-4, without a checksum
    [InlineData(0xF0)] // with one
    [InlineData(0xF9)] // MPEG-2
    public void Two_frames_of_one_kind_are_aac(byte second) => Assert.Equal("audio/aac", Sniff(Frames(second)));

    [Fact]
    public void One_frame_is_not_enough() => Assert.Equal("application/octet-stream", Sniff(Frames()[..(FrameBytes + 6)]));

    [Theory]
    [InlineData(0, 0xFE)] // no sync word
    [InlineData(1, 0xE1)]
    [InlineData(1, 0xF5)] // a layer
    [InlineData(2, 0x7C)] // a reserved sampling rate
    [InlineData(FrameBytes, 0x00)] // no second frame
    [InlineData(FrameBytes + 1, 0xF9)] // of another kind
    [InlineData(FrameBytes + 2, 0x54)] // of another sampling rate
    [InlineData(FrameBytes + 3, 0x40)] // of other channels
    public void What_is_no_frame_or_not_followed_by_one_like_it_is_not(int at, byte value)
    {
        var body = Frames();
        body[at] = value;

        Assert.Equal("application/octet-stream", Sniff(body));
    }

    [Fact]
    public void A_frame_shorter_than_its_header_leads_nowhere()
    {
        var body = Frames();
        (body[3], body[4], body[5]) = (0x80, 0, 0x20);

        Assert.Equal("application/octet-stream", Sniff(body));
    }

    // 44,100 samples a second, two channels.
    private static byte[] Frames(byte second = 0xF1)
    {
        var body = new byte[2 * FrameBytes];
        foreach (var at in (int[])[0, FrameBytes])
        {
            byte[] header = [0xFF, second, 0x50, 0x80, FrameBytes >> 3, ((FrameBytes & 7) << 5) | 0x1F, 0xFC];
            header.CopyTo(body, at);
        }

        return body;
    }

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
