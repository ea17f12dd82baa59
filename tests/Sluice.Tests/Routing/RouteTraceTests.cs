using Sluice.Names;
using Sluice.Routing.Conditions;
using Sluice.Settings;

namespace Sluice.Tests.Routing;

public sealed class RouteTraceTests
{
    [Fact]
    public void A_trace_says_of_each_condition_what_it_wants_and_what_it_saw()
    {
        var table = Rules.Table(
            Rules.Store("events", new()
            {
                Methods = { "POST", "put" },
                Path = "events/**",
                Headers = { ["X-Event"] = "pu*", ["X-Id"] = "*" },
                Query = { ["v"] = "2" },
                DeclaredType = { "application/json", "text/*" },
                SniffedType = { "application/json" },
                MinLength = 10,
                Magic = { new() { Offset = 2, Hex = "7479" } },
                Json =
                {
                    new() { Pointer = "/type", Values = { "order", "invoice" } },
                    new() { Pointer = "/lines" },
                    new() { Pointer = "/a", Seen = false }
                },
            }),
            Rules.Store("rest"));
        var ask = new Ask
        {
            Path = "in/a",
            Headers = new(StringComparer.OrdinalIgnoreCase) { ["x-event"] = "pull", ["X-Id"] = "7" },
            DeclaredType = "Text/CSV; charset=utf-8",
            Head = Ask.Body("""{"type":"offer","lines":[{"""),
            Complete = false,
        };

        var traces = table.Explain(ask);

        Assert.Equal([("events", false), ("rest", true)], traces.Select(static rule => (rule.Name, rule.Matched)));
        Assert.Empty(traces[1].Conditions);
        Assert.Equal(
            [
                new("method", "POST or PUT", "PUT", true),
                new("length", "at least 10 bytes", "unknown", false),
                new("path", "events/**", "in/a", false),
                new("header:X-Event", "pu*", "pull", true),
                new("header:X-Id", "present", "present", true),
                new("query:v", "2", "absent", false),
                new("declaredType", "application/json or text/*", "text/csv", true),
                new("magic:2", "7479", "7479", true),
                new("sniffedType", "application/json", "application/json", true),
                new("json:/type", "order or invoice", "offer", false),
                new("json:/lines", "any value", "an array", true),
                new("json:/a", "not seen", "not within the first 26 bytes", true),
            ],
            traces[0].Conditions);
    }

    [Theory]
    [InlineData(5L, null, "at least 5 bytes")]
    [InlineData(null, 9L, "at most 9 bytes")]
    [InlineData(5L, 9L, "5 to 9 bytes")]
    public void Lengths_are_told_in_bytes(long? min, long? max, string wants) =>
        Assert.Equal(new("length", wants, "7 bytes", true), Rules.Look(new() { MinLength = min, MaxLength = max }, new() { Length = 7 }));

    [Theory]
    [InlineData("no", false, "the inspected part is 2 bytes long")]
    [InlineData("no", true, "the body is 2 bytes long")]
    public void Bytes_that_were_not_seen_are_said_to_be_beyond(string body, bool complete, string saw) => Assert.Equal(
        new("magic:1", "0000", saw, false),
        Rules.Look(new() { Magic = { new() { Offset = 1, Hex = "0000" } } }, new() { Head = Ask.Body(body), Complete = complete }));

    [Theory]
    [InlineData("{\"b\":1", false, "not within the first 6 bytes")]
    [InlineData("{}", true, "missing")]
    [InlineData("no", true, "no JSON")]
    [InlineData("{\"a\":{}}", true, "an object")]
    [InlineData("{\"a\":true}", true, "true")]
    [InlineData("{\"a\":\"\"}", true, "")]
    public void A_json_value_is_told_as_it_was_found(string body, bool complete, string saw) => Assert.Equal(
        saw, Rules.Look(new() { Json = { new() { Pointer = "/a" } } }, new() { Head = Ask.Body(body), Complete = complete }).Saw);

    [Theory]
    [InlineData("Authorization")]
    [InlineData("proxy-authorization")]
    [InlineData("Cookie")]
    [InlineData("x-functions-key")]
    [InlineData("X-Api-Key")]
    [InlineData("X-Auth-TOKEN")]
    [InlineData("Client-Secret")]
    [InlineData("X-Hub-Signature-256")]
    [InlineData("code")]
    [InlineData("sig")]
    public void Neither_a_secret_nor_the_pattern_of_one_is_shown(string name)
    {
        var values = new Dictionary<string, string> { [name] = "hunter2" };
        var hidden = (RouteConditionOptions[])[
            new() { Headers = { [name] = "hunter*" } },
            new() { Query = { [name] = "hunter*" } },
        ];
        Assert.All(hidden, when =>
        {
            var trace = Rules.Look(when, new() { Headers = values, Query = values });
            Assert.Equal(("(hidden)", "(hidden)", true), (trace.Wants, trace.Saw, trace.Holds));
        });

        var presence = Rules.Look(new() { Headers = { [name] = "*" } }, new() { Headers = values });
        Assert.Equal(("present", "present", true), (presence.Wants, presence.Saw, presence.Holds));
    }

    [Fact]
    public void A_json_value_of_a_secret_name_is_not_shown()
    {
        var trace = Rules.Look(
            new() { Json = { new() { Pointer = "/api_token", Values = { "hunter2" } } } },
            new() { Head = Ask.Body("""{"api_token":"hunter2"}""") });
        Assert.Equal(("(hidden)", "(hidden)", true), (trace.Wants, trace.Saw, trace.Holds));
    }

    [Fact]
    public void Nothing_is_shown_at_length()
    {
        var text = new string('x', 300);
        var traces = (ConditionTrace[])[
            Rules.Look(new() { Path = $"{text}*" }, new() { Path = text }),
            Rules.Look(new() { Headers = { ["X"] = $"{text}*" } }, new() { Headers = new() { ["X"] = text } }),
            Rules.Look(
                new() { Json = { new() { Pointer = $"/{text}", Values = { text } } } },
                new() { Head = Ask.Body($$"""{"{{text}}":"{{text}}"}""") }),
            Rules.Look(new() { Magic = { new() { Hex = new string('7', 600) } } }, new() { Head = Ask.Body(new string('w', 300)) }),
        ];
        Assert.All(traces, static trace =>
        {
            Assert.True(trace.Holds);
            Assert.All([trace.Condition, trace.Wants, trace.Saw], static shown => Assert.InRange(shown.Length, 1, 100));
            Assert.Equal((100, 100), (trace.Wants.Length, trace.Saw.Length));
            Assert.EndsWith("…", trace.Saw);
        });
    }

    [Fact]
    public void Nothing_is_shown_that_breaks_a_line_or_is_no_unicode()
    {
        Assert.Equal("a  b c", Redaction.Short("a\r\nb\0c"));
        Assert.Equal("a b ", Redaction.Short("a\uDE9Ab\uD83D"));
        Assert.Equal("\uD83D\uDE9A", Redaction.Short("\uD83D\uDE9A"));
        Assert.Equal(new string('x', 98) + " …", Redaction.Short(new string('x', 98) + "\uD83D\uDE9Axx"));
        Assert.Equal(new string('x', 100), Redaction.Short(new string('x', 100)));
        Assert.Equal("", Redaction.Short(""));
    }
}
