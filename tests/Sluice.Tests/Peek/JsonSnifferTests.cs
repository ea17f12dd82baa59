using System.Text;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class JsonSnifferTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(" \t\r\n{ }\n")]
    [InlineData("{\"a\":{\"b\":[1,-2.5e10,true,false,null,\"x\"]}}")]
    [InlineData("[[1,2],[3,4]]")]
    [InlineData("[\"\\u00e9\", \"é\"]")]
    [InlineData("\uFEFF{\"a\":1}")]
    [InlineData("\uFEFF\r\n[1]")]
    public void A_whole_object_or_array_is_json(string text)
    {
        Assert.Equal("application/json", Sniff(text, complete: true));
        Assert.Equal("application/json", Sniff(text, complete: false));
    }

    [Theory]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":[1,2")]
    [InlineData("[\"cut in a stri")]
    [InlineData("[\"cut in an escape \\u00")]
    [InlineData("[12")]
    [InlineData("[tru")]
    [InlineData("\uFEFF{\"a\":[1,2")]
    public void One_that_the_window_cuts_off_is_json_and_one_that_ends_so_is_text(string text)
    {
        Assert.Equal("application/json", Sniff(text, complete: false));
        Assert.Equal("text/plain", Sniff(text, complete: true));
    }

    // The reader of .NET 10 trips over it: https://github.com/dotnet/runtime/pull/134448
    [Theory]
    [InlineData("[tru")]
    [InlineData("[nul")]
    [InlineData("{\"a\":fals")]
    public void A_literal_that_ends_before_an_empty_segment_is_text(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        Assert.Equal("text/plain", ContentSniffer.Sniff(SniffSegments.Cut(body, body.Length), complete: true));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("{ \n ")]
    [InlineData("[INFO] started")]
    [InlineData("[note] a comment")]
    [InlineData("[1] a footnote")]
    [InlineData("[section]\nkey=value\n")]
    [InlineData("{{ template }}")]
    [InlineData("{a: 1}")]
    [InlineData("{'a': 1}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("[1 2]")]
    [InlineData("[01]")]
    [InlineData("[1,]")]
    [InlineData("[1] // comment")]
    [InlineData("/* comment */ [1]")]
    [InlineData("\f[1]")]
    [InlineData("12")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("[\"line\nbreak\"]")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF{")]
    [InlineData("\uFEFF{a: 1}")]
    [InlineData("\uFEFF\uFEFF{\"a\":1}")]
    [InlineData(" \uFEFF{\"a\":1}")]
    [InlineData("\uFEFF<script>{\"a\":1}")]
    public void Text_that_only_looks_like_json_is_text(string text)
    {
        Assert.Equal("text/plain", Sniff(text, complete: true));
        Assert.Equal("text/plain", Sniff(text, complete: false));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("[1]\n[2]\n")]
    public void Line_delimited_json_is_text(string text) => Assert.Equal("text/plain", Sniff(text, complete: false));

    [Fact]
    public void A_second_value_is_found_in_the_whole_window()
    {
        var line = $$"""{"text": "{{new string('x', 3000)}}"}""" + "\n";

        Assert.Equal("application/json", Sniff(line, complete: false));
        Assert.Equal("text/plain", Sniff(line + line, complete: false));
    }

    [Fact]
    public void A_byte_order_mark_and_a_binary_data_byte_make_it_text() =>
        Assert.Equal("text/plain", Sniff("\uFEFF[\"\0\"]", complete: true));

    [Fact]
    public void A_binary_data_byte_in_it_makes_it_binary() => Assert.Equal("application/octet-stream", Sniff("[\"\0\"]", complete: true));

    [Fact]
    public void Nesting_beyond_the_reader_is_text() => Assert.Equal("text/plain", Sniff(new string('[', 500), complete: false));

    private static string? Sniff(string text, bool complete) => ContentSniffer.Sniff(new(Encoding.UTF8.GetBytes(text)), complete);
}
