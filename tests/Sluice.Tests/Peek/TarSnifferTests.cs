using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class TarSnifferTests
{
    [Theory]
    [InlineData("notes.txt", "ustar\000")] // POSIX
    [InlineData("notes.txt", "ustar  \0")] // GNU
    [InlineData("BMW/", "ustar\000")] // names that begin like a bitmap,
    [InlineData("GIF89a.gif", "ustar\000")] // an image,
    [InlineData("PK\u0003\u0004", "ustar\000")] // an archive
    [InlineData("notes.txt", "")] // Unix version 7
    public void A_first_block_with_a_right_checksum_is_a_tar(string name, string magic) =>
        Assert.Equal("application/x-tar", Sniff(SniffBodies.Tar(name, magic)));

    // A browser knows no archive without a signature, but images.
    [Theory]
    [InlineData("GIF89a.gif", "image/gif")]
    [InlineData("%PDF-1.7", "application/pdf")]
    public void Without_a_signature_a_name_that_begins_like_something_else_is_that(string name, string mediaType) =>
        Assert.Equal(mediaType, Sniff(SniffBodies.Tar(name, "")));

    [Fact]
    public void A_wrong_checksum_is_no_tar()
    {
        var body = SniffBodies.Tar("notes.txt");
        body[0]++;

        Assert.Equal("application/octet-stream", Sniff(body));
    }

    [Fact]
    public void A_checksum_without_digits_is_no_tar()
    {
        var body = SniffBodies.Tar("notes.txt");
        body.AsSpan(148, 8).Fill((byte)' ');

        Assert.Equal("application/octet-stream", Sniff(body));
    }

    [Fact]
    public void A_text_with_the_magic_in_the_right_place_is_no_tar() =>
        Assert.Equal("text/plain", Sniff(SniffBodies.Ascii(new string('x', 257) + "ustar" + new string('x', 500))));

    [Fact]
    public void A_name_that_a_browser_would_run_is_html() => Assert.Equal("text/html", Sniff(SniffBodies.Tar("<script>alert(1)</script>")));

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
