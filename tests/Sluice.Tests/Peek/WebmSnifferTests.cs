using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class WebmSnifferTests
{
    [Theory]
    [InlineData("webm", "video/webm")]
    [InlineData("matroska", "video/matroska")]
    [InlineData("webx", "application/octet-stream")]
    [InlineData("web", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void The_doc_type_tells_what_an_ebml_document_is(string docType, string mediaType) =>
        Assert.Equal(mediaType, Sniff(SniffBodies.Ebml(docType)));

    [Fact]
    public void The_doc_type_may_be_padded_with_zeros() =>
        Assert.Equal("video/webm", Sniff(SniffBodies.Ebml([0x88, .. "webm"u8, 0, 0, 0, 0])));

    [Theory]
    [InlineData("40 04")]
    [InlineData("20 00 04")]
    [InlineData("10 00 00 04")]
    [InlineData("01 00 00 00 00 00 00 04")]
    public void The_size_of_the_doc_type_may_have_up_to_eight_bytes(string size) =>
        Assert.Equal("video/webm", Sniff(SniffBodies.Ebml([.. SniffMagic.Parse(size), .. "webm"u8])));

    [Theory]
    [InlineData("00")]
    [InlineData("C4")] // 68 bytes, more than there are
    [InlineData("01 FF FF FF FF FF FF FF")]
    public void A_doc_type_of_an_impossible_size_is_not_read(string size) =>
        Assert.Equal("application/octet-stream", Sniff(SniffBodies.Ebml([.. SniffMagic.Parse(size), .. "webm"u8])));

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
