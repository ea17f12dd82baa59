using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class TextSnifferTests
{
    /// <summary>https://mimesniff.spec.whatwg.org/#binary-data-byte: 0x00-0x08, 0x0B, 0x0E-0x1A, 0x1C-0x1F.</summary>
    private static bool IsBinaryDataByte(int b) => b is (>= 0x00 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1A) or (>= 0x1C and <= 0x1F);

    public static TheoryData<byte> EveryByte => [.. Enumerable.Range(0, 256).Select(static b => (byte)b)];

    [Theory]
    [MemberData(nameof(EveryByte))]
    public void A_binary_data_byte_makes_a_body_binary_and_no_other_byte_does(byte b) => Assert.Equal(
        IsBinaryDataByte(b) ? "application/octet-stream" : "text/plain",
        ContentSniffer.Sniff(new([.. "some text "u8, b, .. " and more"u8]), complete: true));

    [Theory]
    [InlineData(0, "application/octet-stream")]
    [InlineData(1444, "application/octet-stream")]
    [InlineData(1445, "text/plain")]
    [InlineData(8191, "text/plain")]
    public void Only_the_first_1445_bytes_tell_text_from_binary(int offset, string mediaType)
    {
        var body = new byte[8192];
        Array.Fill(body, (byte)'x');
        body[offset] = 0;

        Assert.Equal(mediaType, ContentSniffer.Sniff(new(body), complete: false));
    }

    [Theory]
    [InlineData(new byte[] { 0xFE, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x41 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41, 0x00 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0x00, 0x41, 0x00, 0x00, 0x00 })]
    public void A_byte_order_mark_makes_a_body_text_whatever_follows(byte[] body) =>
        Assert.Equal("text/plain", ContentSniffer.Sniff(new(body), complete: true));
}
