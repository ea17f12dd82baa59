using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.MediaTypes;

/// <summary>RFC 9110, section 8.3.1.</summary>
public sealed class MediaTypeFieldTests
{
    [Theory]
    [InlineData("text/plain", "text/plain")]
    [InlineData("Image/SVG+XML", "image/svg+xml")]
    [InlineData(" text/plain\t", "text/plain")]
    [InlineData("text/plain;charset=UTF-8", "text/plain; charset=UTF-8")]
    [InlineData("text/plain \t; \tCharset=utf-8", "text/plain; charset=utf-8")]
    [InlineData("text/plain;", "text/plain")]
    [InlineData("text/plain; ;; a=b ;", "text/plain; a=b")]
    [InlineData("multipart/mixed; boundary=\"a b\"; x=y", "multipart/mixed; boundary=\"a b\"; x=y")]
    [InlineData("a/b; c=\"\"", "a/b; c=\"\"")]
    [InlineData("a/b; c=\"x, text/html; \\\" \\\\\"", "a/b; c=\"x, text/html; \\\" \\\\\"")]
    [InlineData("application/vnd.a-b.c_d+json!#$%&'^`|~", "application/vnd.a-b.c_d+json!#$%&'^`|~")]
    public void A_media_type_has_one_form(string field, string canonical)
    {
        Assert.Equal(canonical, MediaTypeField.Parse(field));
        Assert.Equal(canonical, MediaTypeField.Parse(canonical));
        Assert.Equal(canonical, MediaTypeField.Read([field]).Value());
    }

    [Theory]
    [InlineData("image/png, text/html")]
    [InlineData("image/png,text/html")]
    [InlineData("image/png,")]
    [InlineData(",image/png")]
    [InlineData("image/png; a=b, text/html")]
    [InlineData("image/png; a=\"b\", text/html")]
    [InlineData("image/png; a=\"b, text/html")]
    [InlineData("image/png; a=\"b\\")]
    [InlineData("image/png; a=\"b\"c")]
    [InlineData("image/png text/html")]
    [InlineData("image/png; a")]
    [InlineData("image/png; =b")]
    [InlineData("image/png; a=")]
    [InlineData("image/png; a =b")]
    [InlineData("image/png; a= b")]
    [InlineData("image/png; a=b; A=c")]
    [InlineData("image/png; a=b c")]
    [InlineData("image/png\u0001")]
    [InlineData("image/png; a=\"\u0001\"")]
    [InlineData("image/png; a=\"\\\u007f\"")]
    [InlineData("image/png; a=\"é\"")]
    [InlineData("image/png\ntext/html")]
    [InlineData("image/png\u0000")]
    [InlineData("image/*")]
    [InlineData("*/*")]
    [InlineData("image /png")]
    [InlineData("image/ png")]
    [InlineData("image/")]
    [InlineData("/png")]
    [InlineData("/")]
    [InlineData("foo")]
    [InlineData("image/png/x")]
    [InlineData("\"image/png\"")]
    [InlineData("ımage/png")]
    public void What_is_not_one_media_type_is_none(string field)
    {
        Assert.Null(MediaTypeField.Parse(field));
        MediaTypeField.Read([field]).Failed(FailureKind.HeaderInvalid, Phase.Admit);
    }

    [Fact]
    public void A_field_that_is_there_twice_is_refused_whatever_it_says()
    {
        MediaTypeField.Read(["image/png", "text/html"]).Failed(FailureKind.HeaderInvalid, Phase.Admit);
        MediaTypeField.Read(["image/png", "image/png"]).Failed(FailureKind.HeaderInvalid, Phase.Admit);
        MediaTypeField.Read(["", "image/png"]).Failed(FailureKind.HeaderInvalid, Phase.Admit);
    }

    [Fact]
    public void Nothing_is_declared_by_nothing()
    {
        Assert.Null(MediaTypeField.Read([]).Value());
        Assert.Null(MediaTypeField.Read([""]).Value());
        Assert.Null(MediaTypeField.Read([null]).Value());
        Assert.Null(MediaTypeField.Read([" \t"]).Value());
    }
}
