using System.Globalization;
using CsCheck;
using Sluice.Digests;

namespace Sluice.Tests.Digests;

/// <summary>A field of one item (RFC 9651, section 4.2.3): what can't be read counts as not sent.</summary>
public sealed class StructuredFieldTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("  42  ", 42L)]
    [InlineData("-7", -7L)]
    [InlineData("-0", 0L)]
    [InlineData("007", 7L)]
    [InlineData("999999999999999", 999_999_999_999_999L)]
    [InlineData("1;a", 1L)]
    [InlineData("1; a=?0;b=\"x\";c=:AA==:", 1L)]
    public void An_integer_is_read(string text, long expected) =>
        Assert.Equal(new StructuredItem(Integer: expected), StructuredField.Item([text]));

    [Theory]
    [InlineData("?1", true)]
    [InlineData("?0", false)]
    [InlineData(" ?1;because=tok ", true)]
    public void A_boolean_is_read(string text, bool expected) =>
        Assert.Equal(new StructuredItem(Boolean: expected), StructuredField.Item([text]));

    [Fact]
    public void Bytes_are_read() => Assert.Equal([1, 2, 3], StructuredField.Item([":AQID:"]).Bytes);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1.0")]
    [InlineData("tok")]
    [InlineData("@1")]
    [InlineData("%\"1\"")]
    [InlineData("true")]
    [InlineData("?2")]
    [InlineData("?")]
    [InlineData("?10")]
    [InlineData("1000000000000000")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("1 2")]
    [InlineData("1,2")]
    [InlineData("1;")]
    [InlineData("1;A")]
    [InlineData("1;a=")]
    [InlineData("1 ;a")]
    [InlineData("(1)")]
    [InlineData("\t1")]
    [InlineData("1\t")]
    [InlineData("\u0661")]
    public void Anything_else_is_as_if_it_were_not_sent(string text) => Assert.Equal(default, StructuredField.Item([text]));

    [Fact]
    public void Two_lines_are_no_item_and_neither_is_none()
    {
        Assert.Equal(default, StructuredField.Item([]));
        Assert.Equal(default, StructuredField.Item([null]));
        Assert.Equal(default, StructuredField.Item(["1", "1"]));
        Assert.Equal(default, StructuredField.Item(["1", ""]));
    }

    [Fact]
    public void Any_integer_of_fifteen_digits_is_read() => Gen.Long[-999_999_999_999_999, 999_999_999_999_999].Sample(static number =>
        Assert.Equal(number, StructuredField.Item([number.ToString(CultureInfo.InvariantCulture)]).Integer));

    [Fact]
    public void Any_text_is_read_or_not_and_never_throws() =>
        Gen.Char["01?;=a:\"@%*-. ()\\\u00fc\u0000"].Array[0, 16].Select(static letters => new string(letters)).Sample(static text =>
            Assert.Equal(StructuredField.Item([text]).Integer, StructuredField.Item([$" {text} "]).Integer), iter: 20_000);
}
