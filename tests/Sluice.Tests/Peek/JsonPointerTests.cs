using System.Text;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class JsonPointerTests
{
    // RFC 6901, section 5.
    [Theory]
    [InlineData("")]
    [InlineData("/", "")]
    [InlineData("/foo", "foo")]
    [InlineData("/foo/0", "foo", "0")]
    [InlineData("/a~1b", "a/b")]
    [InlineData("/m~0n", "m~n")]
    [InlineData("/~01", "~1")]
    [InlineData("/~10", "/0")]
    [InlineData("/ ", " ")]
    [InlineData("/c%d//é", "c%d", "", "é")]
    public void A_pointer_is_taken_apart(string text, params string[] tokens)
    {
        Assert.True(JsonPointer.TryParse(text, out var pointer));
        Assert.Equal(text, pointer.Text);
        Assert.Equal(tokens, pointer.Tokens.Select(static token => Encoding.UTF8.GetString(token.Name.Span)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("#/a")]
    [InlineData(" /a")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    [InlineData("/~~0")]
    [InlineData("/a/~x/b")]
    public void What_is_none_is_not(string text) => Assert.False(JsonPointer.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("10", 10)]
    [InlineData("00", null)]
    [InlineData("01", null)]
    [InlineData("-", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData(" 1", null)]
    [InlineData("1e0", null)]
    [InlineData("٣", null)]
    [InlineData("", null)]
    [InlineData("99999999999", null)]
    public void An_index_has_no_sign_and_no_leading_zero(string token, int? index)
    {
        Assert.True(JsonPointer.TryParse($"/{token}", out var pointer));
        Assert.Equal(index, Assert.Single(pointer.Tokens).Index);
    }
}
