using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class Mp4SnifferTests
{
    [Theory]
    [InlineData("video/mp4", "mp42", "")]
    [InlineData("video/mp4", "mp41", "isom,avc1")]
    [InlineData("video/mp4", "isom", "isom,iso2,avc1,mp41")] // ffmpeg
    [InlineData("video/mp4", "iso5", "iso5,iso6,dash")] // ffmpeg, fragments
    [InlineData("video/mp4", "avc1", "avc1,isom")]
    [InlineData("video/mp4", "M4V ", "M4V ,mp42,isom")]
    [InlineData("video/mp4", "XAVC", "XAVC,mp42,iso2")] // Sony cameras
    [InlineData("audio/mp4", "M4A ", "M4A ,mp42,isom")] // iTunes
    [InlineData("audio/mp4", "M4B ", "M4B ,mp42")]
    [InlineData("audio/mp4", "M4P ", "M4P ,isom")]
    [InlineData("audio/mp4", "F4A ", "F4A ,isom")] // Adobe
    [InlineData("audio/mp4", "F4B ", "F4B ,isom")]
    [InlineData("video/mp4", "F4V ", "isom,F4V ")]
    [InlineData("video/mp4", "F4P ", "F4P ")]
    [InlineData("video/mp4", "M4VH", "M4VH")]
    [InlineData("video/mp4", "dash", "dash")]
    [InlineData("image/x-canon-cr3", "crx ", "crx ,isom")]
    [InlineData("video/quicktime", "qt  ", "qt  ")]
    [InlineData("video/3gpp", "3gp5", "3gp5,isom")]
    [InlineData("video/3gpp", "3gp4", "mp42,3gp4")]
    [InlineData("video/3gpp2", "3g2a", "3g2a")]
    [InlineData("image/heic", "heic", "mif1,heic")] // iPhone
    [InlineData("image/heic", "heix", "mif1,heix")]
    [InlineData("image/heic", "mif1", "mif1,heic")]
    [InlineData("image/heic-sequence", "hevc", "msf1,hevc")]
    [InlineData("image/heic-sequence", "msf1", "msf1,hevc")]
    [InlineData("image/heif", "mif1", "mif1,miaf")]
    [InlineData("image/avif", "avif", "avif,mif1,miaf,MA1B")] // libavif
    [InlineData("image/avif", "avis", "avis,msf1,avif")]
    [InlineData("image/avif", "mif1", "mif1,avif,miaf")]
    [InlineData("application/octet-stream", "XYZ1", "XYZ1")]
    [InlineData("application/octet-stream", "hei1", "hei1")]
    public void The_brands_of_an_iso_media_file_tell_what_it_is(string mediaType, string majorBrand, string compatibleBrands) =>
        Assert.Equal(mediaType, Sniff(SniffBodies.Ftyp(majorBrand, compatibleBrands.Split(',', StringSplitOptions.RemoveEmptyEntries))));

    [Fact]
    public void The_minor_version_is_not_taken_for_a_brand() =>
        Assert.Equal("application/octet-stream", Sniff([0, 0, 0, 16, .. "ftypXYZ1mp42"u8, 0, 0, 0, 8]));

    [Fact]
    public void A_brand_beyond_the_box_is_not_a_brand() =>
        Assert.Equal("application/octet-stream", Sniff([0, 0, 0, 20, .. "ftypXYZ1"u8, 0, 0, 0, 0, .. "XYZ2mp42"u8]));

    [Theory]
    [InlineData(21)] // no multiple of four
    [InlineData(255)]
    [InlineData(4096)] // longer than the body
    public void A_box_of_an_impossible_size_is_not_read(int boxBytes) =>
        Assert.Equal("application/octet-stream", Sniff([0, 0, (byte)(boxBytes >> 8), (byte)boxBytes, .. "ftypmp42"u8, .. new byte[300]]));

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
