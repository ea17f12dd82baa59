using System.Text;
using System.Text.Json;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class JsonPeekTests
{
    [Theory]
    [InlineData("""{"a":"x"}""", "/a", "x")]
    [InlineData("""{"a":""}""", "/a", "")]
    [InlineData("""{"a":"\u00e9\n\"\/"}""", "/a", "é\n\"/")]
    [InlineData("""{"a":"\ud83d\ude9a"}""", "/a", "🚚")]
    [InlineData("""{"a":-1.50E+2}""", "/a", "-1.50E+2")]
    [InlineData("""{"a":12345678901234567890}""", "/a", "12345678901234567890")]
    [InlineData("""{"a":true,"b":false,"c":null}""", "/a", "true")]
    [InlineData("""{"a":true,"b":false,"c":null}""", "/b", "false")]
    [InlineData("""{"a":true,"b":false,"c":null}""", "/c", "null")]
    [InlineData("""{"a":{"b":[{"c":1},{"c":2}]}}""", "/a/b/1/c", "2")]
    [InlineData("""{"x":{"a":1,"b":[2]},"y":[[]],"a":3}""", "/a", "3")]
    [InlineData("""{"\u0061":1}""", "/a", "1")]
    [InlineData("""{"a/b":1,"m~n":2,"":3,"é":4}""", "/a~1b", "1")]
    [InlineData("""{"a/b":1,"m~n":2,"":3,"é":4}""", "/m~0n", "2")]
    [InlineData("""{"a/b":1,"m~n":2,"":3,"é":4}""", "/", "3")]
    [InlineData("""{"a/b":1,"m~n":2,"":3,"é":4}""", "/é", "4")]
    [InlineData("""{"0":"member"}""", "/0", "member")]
    [InlineData("[5,6]", "/1", "6")]
    [InlineData("\uFEFF{\"a\":1}", "/a", "1")]
    [InlineData("\uFEFF \n[5]", "/0", "5")]
    [InlineData(" \r\n\t7 ", "", "7")]
    [InlineData("\"x\"", "", "x")]
    public void A_value_is_found(string body, string at, string text)
    {
        var finding = Find(body, complete: true, at);
        Assert.Equal((JsonPeekStatus.Found, text), (finding.Status, finding.Text));
    }

    [Theory]
    [InlineData("""{"a":{"b":1}}""", "/a", JsonValueKind.Object)]
    [InlineData("""{"a":[1]}""", "/a", JsonValueKind.Array)]
    [InlineData("{}", "", JsonValueKind.Object)]
    [InlineData("[]", "", JsonValueKind.Array)]
    public void Objects_and_arrays_are_found_and_have_no_text(string body, string at, JsonValueKind kind) =>
        Assert.Equal(new(JsonPeekStatus.Found, kind), Find(body, complete: true, at));

    [Theory]
    [InlineData("""{"a":1}""", "/b")]
    [InlineData("""{"a":1}""", "/A")]
    [InlineData("""{"a":1}""", "/a/b")]
    [InlineData("""{"a":"b"}""", "/a/0")]
    [InlineData("""{"a":{},"b":1}""", "/a/b")]
    [InlineData("{}", "/a")]
    [InlineData("[1,2]", "/2")]
    [InlineData("[1,2]", "/-")]
    [InlineData("[1,2]", "/01")]
    [InlineData("[1,2]", "/a")]
    [InlineData("[]", "/0")]
    [InlineData("1", "/a")]
    public void What_was_seen_to_its_end_without_the_value_lacks_it(string body, string at)
    {
        Assert.Equal(new(JsonPeekStatus.Missing), Find(body, complete: true, at));
        Assert.Equal(new(JsonPeekStatus.Missing), Find(body + " ", complete: false, at));
    }

    [Theory]
    [InlineData("", "/a")]
    [InlineData("  ", "/a")]
    [InlineData("{", "/a")]
    [InlineData("{\"a", "/a")]
    [InlineData("{\"a\"", "/a")]
    [InlineData("{\"a\":", "/a")]
    [InlineData("{\"a\":12", "/a")]
    [InlineData("{\"a\":\"x", "/a")]
    [InlineData("{\"a\":\"x\\u00", "/a")]
    [InlineData("{\"a\":tru", "/a")]
    [InlineData("{\"b\":[1,2", "/a")]
    [InlineData("{\"b\":1", "/a")]
    [InlineData("[1,[2", "/2")]
    [InlineData("12", "")]
    [InlineData("\uFEFF", "")]
    [InlineData("\uFEFF{\"a\":", "/a")]
    public void What_the_window_cuts_is_not_seen_and_what_the_body_cuts_is_no_json(string body, string at)
    {
        Assert.Equal(new(JsonPeekStatus.NotSeen), Find(body, complete: false, at));
        if (body is not "12")
        {
            Assert.Equal(new(JsonPeekStatus.NotJson), Find(body, complete: true, at));
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("<a/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("\uFEFFtext")]
    [InlineData("\uFEFF\uFEFF{\"a\":1}")]
    [InlineData("{\uFEFF\"a\":1}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"b\":01,\"a\":1}")]
    [InlineData("{\"b\":[1,],\"a\":1}")]
    [InlineData("{\"b\":1 \"a\":1}")]
    [InlineData("{\"b\":1,,\"a\":1}")]
    [InlineData("{\"b\":\"\n\",\"a\":1}")]
    [InlineData("{\"b\":1 // no\n,\"a\":1}")]
    [InlineData("{\"a\":\"\\ud83d\"}")]
    [InlineData("{\"b\":NaN,\"a\":1}")]
    [InlineData("{\"b\":[1},\"a\":1}")]
    public void What_is_malformed_before_the_value_is_no_json(string body)
    {
        Assert.Equal(new(JsonPeekStatus.NotJson), Find(body, complete: true, "/a"));
        Assert.Equal(new(JsonPeekStatus.NotJson), Find(body, complete: false, "/a"));
    }

    [Theory]
    [InlineData("""{"a":1}{"a":2}""")]
    [InlineData("""{"a":1,,}""")]
    [InlineData("""{"a":1 nonsense""")]
    public void What_follows_the_value_is_not_looked_at(string body) =>
        Assert.Equal(new(JsonPeekStatus.Found, JsonValueKind.Number, "1"), Find(body, complete: true, "/a"));

    [Fact]
    public void Of_members_of_one_name_the_first_counts()
    {
        Assert.Equal("1", Find("""{"a":1,"a":2}""", complete: true, "/a").Text);
        Assert.Equal(JsonPeekStatus.Missing, Find("""{"a":{},"a":{"b":2}}""", complete: true, "/a/b").Status);
    }

    [Fact]
    public void Nesting_deeper_than_64_is_no_json()
    {
        static string Nested(int depth) => $$"""{"x":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}},"a":1}""";
        Assert.Equal(JsonPeekStatus.Found, Find(Nested(64), complete: true, "/a").Status);
        Assert.Equal(JsonPeekStatus.NotJson, Find(Nested(65), complete: true, "/a").Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_byte_order_mark_that_the_window_cuts_off_hides_what_follows(int bytes)
    {
        Assert.True(JsonPointer.TryParse("/a", out var pointer));
        var head = Encoding.UTF8.GetBytes("\uFEFF")[..bytes];
        Assert.Equal(new(JsonPeekStatus.NotSeen), JsonPeek.Find(new(head), complete: false, pointer));
        Assert.Equal(new(JsonPeekStatus.NotJson), JsonPeek.Find(new(head), complete: true, pointer));
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_are_no_json()
    {
        Assert.True(JsonPointer.TryParse("/a", out var pointer));
        Assert.Equal(new(JsonPeekStatus.NotJson), JsonPeek.Find(new([.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8]), complete: true, pointer));
    }

    [Fact]
    public void A_window_is_read_in_constant_memory()
    {
        var members = string.Join(
            ',', Enumerable.Range(0, 2_000).Select(static i => $$""" "member{{i}}":{"text":"\u00e9{{i}}","list":[{{i}},true]}"""));
        var body = Encoding.UTF8.GetBytes($$"""{{{members}},"last":"x"}""");
        var head = SniffSegments.Cut(body, [.. Enumerable.Range(1, 15).Select(i => i * 4_096)]);
        Assert.True(JsonPointer.TryParse("/last", out var pointer));
        Assert.Equal("x", JsonPeek.Find(head, complete: true, pointer).Text);

        // The least of ten: the runtime itself, compiling the method again, allocates on this thread too, once.
        Assert.InRange(Enumerable.Range(0, 10).Min(_ => Allocated()), 0, 1_024);

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            JsonPeek.Find(head, complete: true, pointer);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static JsonPeekResult Find(string body, bool complete, string text)
    {
        Assert.True(JsonPointer.TryParse(text, out var pointer));
        var bytes = Encoding.UTF8.GetBytes(body);
        var finding = JsonPeek.Find(new(bytes), complete, pointer);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(finding, JsonPeek.Find(SniffSegments.Cut(bytes, cut), complete, pointer));
        }

        return finding;
    }
}
