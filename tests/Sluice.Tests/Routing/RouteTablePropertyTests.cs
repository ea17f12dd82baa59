using CsCheck;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Tests.Peek;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing;

public sealed class RouteTablePropertyTests
{
    private static readonly Gen<string> Body = Gen.OneOf(
        "", "{}", """{"type":"a"}""", """{"x":[1],"type":"b"}""", "%PDF-1.7", "text", "\0\u0001");

    private static readonly Gen<RouteConditionOptions> Condition = Gen.OneOf(
        Gen.OneOf("PUT", "POST").Select(static method => new RouteConditionOptions { Methods = { method } }),
        Gen.OneOf("**", "in/*", "**/a", "b").Select(static glob => new RouteConditionOptions { Path = glob }),
        Gen.OneOf("*", "1", "2*").Select(static value => new RouteConditionOptions { Headers = { ["X"] = value } }),
        Gen.OneOf("*", "1", "2*").Select(static value => new RouteConditionOptions { Query = { ["q"] = value } }),
        Gen.OneOf("image/*", "application/json").Select(static type => new RouteConditionOptions { DeclaredType = { type } }),
        Gen.OneOf("application/*", "text/plain").Select(static type => new RouteConditionOptions { SniffedType = { type } }),
        Gen.Select(Gen.Long[0, 9], Gen.Long[9, 20]).Select(static (min, max) => new RouteConditionOptions
        {
            MinLength = min,
            MaxLength = max
        }),
        Gen.OneOf("7B", "2550", "74").Select(static hex => new RouteConditionOptions { Magic = { new() { Hex = hex } } }),
        Gen.Bool.Select(static seen => new RouteConditionOptions { Json = { new() { Pointer = "/type", Seen = seen } } }),
        Gen.OneOf("a", "b", "*")
            .Select(static value => new RouteConditionOptions { Json = { new() { Pointer = "/type", Values = { value } } } }));

    private static readonly Gen<Action<RouteOptions>> Doing = Gen.OneOf<Action<RouteOptions>>(
        static rule => rule.Store = new() { Container = "inbox" },
        static rule => rule.Relay = new() { Target = "erp" },
        static rule => (rule.Store, rule.Relay) = (new() { Container = "images" }, new() { Target = "scanner" }),
        static rule => rule.Refuse = new() { Status = 410 });

    private static readonly Gen<RouteOptions[]> Tables = Gen.Select(Condition.Array[0, 4], Doing).Array[0, 8].Select(static rules => rules
        .Select(static (rule, index) =>
        {
            var options = new RouteOptions { Name = $"{index}", When = Merge(rule.Item1) };
            rule.Item2(options);
            return options;
        })
        .ToArray());

    private static readonly Gen<Ask> Asks = Gen.Select(
        Gen.OneOf("PUT", "POST"),
        Gen.OneOf("in/a", "b", "x/y/a"),
        Gen.OneOf(null, "1", "22"),
        Gen.OneOf(null, "image/png", "application/json; charset=utf-8"),
        Gen.Long[0, 20].Nullable(),
        Gen.Select(Body, Gen.Int[0, 20]),
        Gen.Bool,
        static (method, path, value, type, length, body, complete) => new Ask
        {
            Method = method,
            Path = path,
            Headers = value is null ? [] : new() { ["X"] = value },
            Query = value is null ? [] : new() { ["q"] = value },
            DeclaredType = type,
            Length = length,
            Head = Cut(body.Item1, body.Item2),
            Complete = complete,
        });

    [Fact]
    public void An_explanation_agrees_with_the_decision() => Gen.Select(Tables, Asks).Sample(static (rules, ask) =>
    {
        var table = Rules.Table(rules);
        var traces = table.Explain(ask);
        var decision = table.Decide(ask);

        Assert.All(traces, static rule => Assert.Equal(rule.Matched, rule.Conditions.All(static condition => condition.Holds)));
        Assert.All(traces.SkipLast(1), static rule => Assert.False(rule.Matched));
        Assert.Equal(traces.Select(static (_, index) => $"{index}"), traces.Select(static rule => rule.Name));
        if (traces is not [.., { Matched: true } last])
        {
            Assert.Equal(rules.Length, traces.Count);
            decision.Failed(FailureKind.NoRoute, Phase.Route);
        }
        else if (rules[traces.Count - 1].Refuse is not null)
        {
            Assert.Equal(410, decision.Failed(FailureKind.RouteRefused, Phase.Route).Status);
        }
        else
        {
            Assert.Equal(last.Name, decision.Value().Rule);
        }
    });

    [Fact]
    public void How_the_first_bytes_are_cut_does_not_change_what_is_explained() =>
        Gen.Select(Tables, Asks, Body, Gen.Int[0, 20], Gen.Int[0, 20]).Sample(static (rules, ask, body, one, other) =>
        {
            var table = Rules.Table(rules);
            Assert.Equal(
                table.Explain(ask with { Head = Cut(body, one) }).SelectMany(static rule => rule.Conditions),
                table.Explain(ask with { Head = Cut(body, other) }).SelectMany(static rule => rule.Conditions));
        });

    private static System.Buffers.ReadOnlySequence<byte> Cut(string body, int at)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        return SniffSegments.Cut(bytes, at % (bytes.Length + 1));
    }

    private static RouteConditionOptions Merge(RouteConditionOptions[] conditions)
    {
        var merged = new RouteConditionOptions();
        foreach (var condition in conditions)
        {
            merged.Path ??= condition.Path;
            merged.MinLength ??= condition.MinLength;
            merged.MaxLength ??= condition.MaxLength;
            Add(condition.Methods, merged.Methods);
            Add(condition.Headers, merged.Headers);
            Add(condition.Query, merged.Query);
            Add(condition.DeclaredType, merged.DeclaredType);
            Add(condition.SniffedType, merged.SniffedType);
            Add(condition.Magic, merged.Magic);
            Add(condition.Json, merged.Json);
        }

        return merged;

        static void Add<T>(ICollection<T> from, ICollection<T> to)
        {
            foreach (var item in from.Where(item => item is not KeyValuePair<string, string> || to.Count == 0))
            {
                to.Add(item);
            }
        }
    }
}
