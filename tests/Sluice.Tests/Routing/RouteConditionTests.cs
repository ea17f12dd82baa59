using Sluice.Settings;

namespace Sluice.Tests.Routing;

public sealed class RouteConditionTests
{
    [Theory]
    [InlineData("PUT", "PUT", true)]
    [InlineData("put", "PUT", true)]
    [InlineData("PUT", "put", true)]
    [InlineData("PUT", "POST", false)]
    public void A_method_is_compared_in_any_case(string wanted, string method, bool holds) =>
        Expect("method", holds, new() { Methods = { wanted } }, new() { Method = method });

    [Theory]
    [InlineData("in/*", "in/a", true)]
    [InlineData("in/*", "in/a/b", false)]
    [InlineData("in/**", "in/a/b", true)]
    [InlineData("in/**", "out/a", false)]
    public void A_path_matches_a_glob(string glob, string path, bool holds) =>
        Expect("path", holds, new() { Path = glob }, new() { Path = path });

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("*", "", true)]
    [InlineData("*", null, false)]
    [InlineData("push", "push", true)]
    [InlineData("push", "Push", false)]
    [InlineData("push", "pushed", false)]
    [InlineData("pu*", "pushed", true)]
    [InlineData("pu*", null, false)]
    [InlineData("*.created", "order.created", true)]
    [InlineData("order*", "order\ncreated", true)]
    [InlineData("*.created", "order.created\nx", false)]
    public void A_header_or_a_query_parameter_is_there_and_matches_a_pattern(string pattern, string? value, bool holds)
    {
        var values = value is null ? new Dictionary<string, string>() : new() { ["event"] = value };
        Expect("header:event", holds, new() { Headers = { ["event"] = pattern } }, new() { Headers = values });
        Expect("query:event", holds, new() { Query = { ["event"] = pattern } }, new() { Query = values });
    }

    [Theory]
    [InlineData("image/png", "image/png", true)]
    [InlineData("image/png", "IMAGE/PNG; q=1", true)]
    [InlineData("Image/*", "image/png", true)]
    [InlineData("image/jpg", "image/jpeg", true)]
    [InlineData("application/*+json", "application/geo+json", true)]
    [InlineData("image/*", "application/pdf", false)]
    [InlineData("image/*", "x-image/png", false)]
    [InlineData("*/*", "", false)]
    [InlineData("*/*", null, false)]
    public void A_declared_type_matches_a_pattern(string pattern, string? declared, bool holds) =>
        Expect("declaredType", holds, new() { DeclaredType = { pattern } }, new() { DeclaredType = declared });

    [Theory]
    [InlineData("application/pdf", "%PDF-1.7", true)]
    [InlineData("application/*", "%PDF-1.7", true)]
    [InlineData("text/plain", "hello", true)]
    [InlineData("application/json", "\uFEFF{\"type\":\"order\"}", true)]
    [InlineData("application/pdf", "hello", false)]
    [InlineData("*/*", "", false)]
    public void A_sniffed_type_matches_a_pattern_whatever_was_declared(string pattern, string body, bool holds) =>
        Expect("sniffedType", holds, new() { SniffedType = { pattern } }, new() { DeclaredType = "image/png", Head = Ask.Body(body) });

    [Theory]
    [InlineData(10L, null, 10L, true)]
    [InlineData(10L, null, 9L, false)]
    [InlineData(null, 10L, 10L, true)]
    [InlineData(null, 10L, 11L, false)]
    [InlineData(5L, 10L, 7L, true)]
    [InlineData(5L, 10L, 4L, false)]
    [InlineData(5L, 10L, 11L, false)]
    [InlineData(0L, null, null, false)]
    [InlineData(null, long.MaxValue, null, false)]
    public void A_declared_length_lies_between_the_bounds_and_an_unknown_one_does_not(long? min, long? max, long? length, bool holds) =>
        Expect("length", holds, new() { MinLength = min, MaxLength = max }, new() { Length = length });

    [Theory]
    [InlineData(0, "25504446", "%PDF-1", true)]
    [InlineData(0, "25 50 44 46", "%PDF", true)]
    [InlineData(1, "5044", "%PDF", true)]
    [InlineData(0, "25504447", "%PDF-1", false)]
    [InlineData(0, "25504446", "%PD", false)]
    [InlineData(3, "4600", "%PDF", false)]
    [InlineData(9, "46", "%PDF", false)]
    [InlineData(0, "00", "", false)]
    public void Bytes_hold_where_they_were_seen(int offset, string hex, string body, bool holds) => Assert.All([true, false], complete =>
        Expect(
            $"magic:{offset}", holds, new() { Magic = { new() { Offset = offset, Hex = hex } } },
            new() { Head = Ask.Body(body), Complete = complete }));

    [Theory]
    [InlineData("/type", "", """{"type":{"a":1}}""", true)]
    [InlineData("/type", "order", """{"type":"order"}""", true)]
    [InlineData("/type", "or*", """{"a":[1],"type":"order"}""", true)]
    [InlineData("/type", "1", """{"type":1}""", true)]
    [InlineData("/type", "null", """{"type":null}""", true)]
    [InlineData("/type", "*", """{"type":[]}""", false)]
    [InlineData("/type", "order", """{"type":"Order"}""", false)]
    [InlineData("/type", "", """{"kind":"order"}""", false)]
    [InlineData("/type", "", "no json", false)]
    [InlineData("", "7", "7", true)]
    [InlineData("/type", "order", "\uFEFF{\"type\":\"order\"}", true)]
    public void A_json_value_was_seen_and_matches_a_pattern(string at, string pattern, string body, bool holds)
    {
        var json = new RouteJsonOptions { Pointer = at };
        if (pattern.Length > 0)
        {
            json.Values.Add(pattern);
        }

        Expect($"json:{at}", holds, new() { Json = { json } }, new() { Head = Ask.Body(body) });
    }

    [Theory]
    [InlineData("""{"a":1,"type":"order"}""", true, true)]
    [InlineData("""{"a":1,"type":"ord""", false, false)]
    [InlineData("""{"a":1}""", true, false)]
    [InlineData("\uFEFF{\"type\":1}", true, true)]
    [InlineData("no json", true, false)]
    [InlineData("", true, false)]
    public void A_json_value_is_seen_or_not(string body, bool complete, bool seen)
    {
        var ask = new Ask { Head = Ask.Body(body), Complete = complete };
        Expect("json:/type", seen, new() { Json = { new() { Pointer = "/type" } } }, ask);
        Expect("json:/type", seen, new() { Json = { new() { Pointer = "/type", Seen = true } } }, ask);
        Expect("json:/type", !seen, new() { Json = { new() { Pointer = "/type", Seen = false } } }, ask);
    }

    private static void Expect(string condition, bool holds, RouteConditionOptions when, Ask ask)
    {
        var trace = Rules.Look(when, ask);
        Assert.Equal((condition, holds), (trace.Condition, trace.Holds));
    }
}
