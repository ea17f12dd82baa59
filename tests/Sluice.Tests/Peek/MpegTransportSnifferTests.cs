using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class MpegTransportSnifferTests
{
    [Theory]
    [InlineData(0, 188)]
    [InlineData(4, 192)] // with a time before each packet
    public void Packets_of_one_length_are_a_transport_stream(int first, int stride)
    {
        Assert.Equal("video/mp2t", Sniff(Packets(first, stride, 4)));
        Assert.Equal("video/mp2t", Sniff(Packets(first, stride, 40)));
        Assert.Equal("video/mp2t", Sniff(Packets(first, stride, 5)[..^100]));
        Assert.Equal("application/octet-stream", Sniff(Packets(first, stride, 3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(188)]
    [InlineData(1316)] // the last one that is looked at
    public void Where_one_packet_does_not_begin_it_is_none(int at)
    {
        var body = Packets(0, 188, 40);
        body[at] = 0;

        Assert.Equal("application/octet-stream", Sniff(body));
    }

    [Fact]
    public void A_text_is_none() => Assert.Equal("text/plain", Sniff(SniffBodies.Ascii(new string('G', 2000))));

    private static byte[] Packets(int first, int stride, int count)
    {
        var body = new byte[stride * count];
        for (var packet = 0; packet < count; packet++) body[first + (packet * stride)] = 0x47;
        return body;
    }

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
