using System.Buffers;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class ContentSnifferTests
{
    [Theory]
    [MemberData(nameof(SniffMagic.Rows), MemberType = typeof(SniffMagic))]
    public void A_body_has_the_media_type_of_its_first_bytes(string mediaType, string magic) =>
        Assert.Equal(mediaType, Sniff(SniffMagic.Parse(magic)));

    [Theory]
    [MemberData(nameof(SniffMagic.Rows), MemberType = typeof(SniffMagic))]
    public void What_follows_the_first_bytes_does_not_matter_but_to_plain_text(string mediaType, string magic)
    {
        if (mediaType == "text/plain") return;

        Assert.Equal(mediaType, Sniff([.. SniffMagic.Parse(magic), .. new byte[9000]], complete: false));
    }

    [Fact]
    public void Every_row_of_the_signature_tables_has_a_sample()
    {
        Signature[] rows = [.. TextSignatures.Rows, .. BinarySignatures.Rows, .. OffsetSignatures.Rows];

        Assert.All(rows, static row => Assert.Contains(
            SniffSamples.All, sample => sample.MediaType == row.MediaType && row.Matches(sample.Body)));
    }

    [Fact]
    public void Every_sample_has_its_media_type() =>
        Assert.All(SniffSamples.All, static sample => Assert.Equal(sample.MediaType, Sniff(sample.Body)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_body_has_no_media_type(bool complete) => Assert.Null(ContentSniffer.Sniff(ReadOnlySequence<byte>.Empty, complete));

    [Fact]
    public void A_body_is_sniffed_without_an_allocation() => Assert.All(SniffSamples.All, static sample =>
    {
        if (sample.MediaType == "text/plain") return; // what opens like JSON and is none costs an exception

        var whole = new ReadOnlySequence<byte>(sample.Body);
        var pieces = SniffSegments.Cut(sample.Body, sample.Body.Length / 3, sample.Body.Length / 2);
        Assert.Equal(0, AllocatedBytes(whole));
        Assert.Equal(0, AllocatedBytes(pieces));
    });

    [Theory]
    [InlineData("BMI,height,weight\n")]
    [InlineData("ID3 tags explained")]
    [InlineData("OTTO VON BISMARCK")]
    [InlineData("ORCHARD STREET 5")]
    [InlineData("PAR1 and PAR2")]
    [InlineData("PARENT,CHILD\n1,2\n")]
    [InlineData("MZ is a prefix")]
    [InlineData("BZh91 is not bzip2")]
    [InlineData("fLaCcid")]
    [InlineData("Thirty-four letters of text and LP")]
    public void A_text_that_begins_like_a_binary_format_is_text(string text) => Assert.Equal("text/plain", Sniff(SniffBodies.Ascii(text)));

    [Theory]
    [InlineData("<htmlx>")]
    [InlineData("<html")]
    [InlineData("<html\n>")]
    [InlineData("<address>")]
    [InlineData("<!doctype svg>")]
    [InlineData("< html>")]
    [InlineData("x<html>")]
    [InlineData("<?XML ?>")]
    [InlineData("\u001B<html>")]
    [InlineData(" %PDF-1.7")]
    [InlineData("%!PS")]
    [InlineData("   ")]
    public void Markup_counts_only_as_the_standard_writes_it(string text) => Assert.Equal("text/plain", Sniff(SniffBodies.Ascii(text)));

    [Fact]
    public void Markup_wins_over_binary_data_behind_it() =>
        Assert.Equal("text/html", Sniff([.. "<script >"u8, .. new byte[600]]));

    [Fact]
    public void A_byte_order_mark_wins_over_markup_behind_it() => Assert.Equal("text/plain", Sniff([0xEF, 0xBB, 0xBF, .. "<html>"u8]));

    private static long AllocatedBytes(ReadOnlySequence<byte> head)
    {
        ContentSniffer.Sniff(head, complete: true); // rents its first buffer, creates its delegates
        var before = GC.GetAllocatedBytesForCurrentThread();
        ContentSniffer.Sniff(head, complete: true);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string? Sniff(byte[] body, bool complete = true) => ContentSniffer.Sniff(new(body), complete);
}
