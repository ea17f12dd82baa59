using Sluice.Digests;

namespace Sluice.Tests.Digests;

/// <summary>RFC 9651, section 4.2, by examples: what is a dictionary and what is none.</summary>
public sealed class StructuredDictionaryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("sha-256=:YQ==:", "sha-256")]
    [InlineData("  a=1  ", "a")]
    [InlineData("a=1,b=2", "a", "b")]
    [InlineData("a=1 \t,\t b=2", "a", "b")]
    [InlineData("a=1\t", "a")]
    [InlineData("a", "a")]
    [InlineData("a;x=1;y, b;z", "a", "b")]
    [InlineData("a=1; x=?0;  y=\"\\\"\\\\\"", "a")]
    [InlineData("*a_-.*1=token/:x", "*a_-.*1")]
    [InlineData("a=*tok", "a")]
    [InlineData("a=()", "a")]
    [InlineData("a=( 1  :YQ==:;q x );r=1, b", "a", "b")]
    [InlineData("a=-999999999999999, b=0.001, c=-123456789012.5", "a", "b", "c")]
    [InlineData("a=@1659578233, b=%\"%c3%bc\", c=%\"\"", "a", "b", "c")]
    [InlineData("a=?1, b=\"\"", "a", "b")]
    [InlineData("a=::", "a")]
    public void A_dictionary_has_its_keys(string text, params string[] keys)
    {
        Assert.True(StructuredDictionary.TryParse([text], out var members));
        Assert.Equal(keys, members.Keys);
    }

    [Theory]
    [InlineData(",")]
    [InlineData("a=1,")]
    [InlineData("a=1, ")]
    [InlineData(",a=1")]
    [InlineData("a=1,,b=2")]
    [InlineData("\ta=1")]
    [InlineData("A=1")]
    [InlineData("1=1")]
    [InlineData("a=1 b=2")]
    [InlineData("a= 1")]
    [InlineData("a =1")]
    [InlineData("a=")]
    [InlineData("a=1;")]
    [InlineData("a=1;\tx")]
    [InlineData("a=1;X")]
    [InlineData("a=1;x=")]
    [InlineData("a=1;x=(1)")]
    [InlineData("a=(1")]
    [InlineData("a=(1,2)")]
    [InlineData("a=(1\t2)")]
    [InlineData("a=(1\"x\")")]
    [InlineData("a=((1))")]
    [InlineData("a=-")]
    [InlineData("a=+1")]
    [InlineData("a=1.")]
    [InlineData("a=.5")]
    [InlineData("a=1.2345")]
    [InlineData("a=1234567890123456")]
    [InlineData("a=1234567890123.1")]
    [InlineData("a=?2")]
    [InlineData("a=?")]
    [InlineData("a=@1.5")]
    [InlineData("a=@")]
    [InlineData("a=\"")]
    [InlineData("a=\"\\n\"")]
    [InlineData("a=\"\\")]
    [InlineData("a=\"ü\"")]
    [InlineData("a=%\"%C3\"")]
    [InlineData("a=%\"%c3\"")]
    [InlineData("a=%\"%\"")]
    [InlineData("a=%\"")]
    [InlineData("a=%x")]
    [InlineData("a=:YQ==")]
    [InlineData("a=:YQ=:x")]
    [InlineData("a=:Y:")]
    [InlineData("a=:Y=Q=:")]
    [InlineData("a=:Y Q=:")]
    [InlineData("a=:YQ-_:")]
    [InlineData("a=ü")]
    [InlineData("sha-256=YQ==")]
    public void Anything_else_is_none_and_has_no_part_that_counts(string text) =>
        Assert.False(StructuredDictionary.TryParse([text], out _));

    [Theory]
    [InlineData(":YWI=:", "YWI=")]
    [InlineData(":YWI:", "YWI=")]
    [InlineData(":YQ:", "YQ==")]
    [InlineData("::", "")]
    [InlineData(":+/+/:", "+/+/")]
    public void Padding_may_be_missing(string value, string base64)
    {
        Assert.True(StructuredDictionary.TryParse([$"a={value}"], out var members));
        Assert.Equal(Convert.FromBase64String(base64), members["a"].Bytes);
    }

    [Fact]
    public void Lines_are_one_dictionary_and_the_last_of_a_key_counts()
    {
        Assert.True(StructuredDictionary.TryParse(["a=1, b=2", "a=3"], out var members));
        Assert.Equal((3, 2), (members["a"].Integer, members["b"].Integer));

        Assert.False(StructuredDictionary.TryParse(["a=1", "b="], out _));
        Assert.False(StructuredDictionary.TryParse(["a=1", ""], out _));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a=1.0")]
    [InlineData("a=tok")]
    [InlineData("a=(:YQ==:)")]
    public void Of_a_value_of_another_type_nothing_is_kept(string text)
    {
        Assert.True(StructuredDictionary.TryParse([text], out var members));
        Assert.Equal(default, members["a"]);
    }

    [Theory]
    [InlineData("a=\"\"", "")]
    [InlineData("a=\"YQ==\"", "YQ==")]
    [InlineData("a=\"say \\\"hi\\\" \\\\\"", "say \"hi\" \\")]
    public void A_string_is_kept_without_its_quotes_and_escapes(string text, string expected)
    {
        Assert.True(StructuredDictionary.TryParse([text], out var members));
        Assert.Equal(new StructuredItem(Text: expected), members["a"]);
    }
}
