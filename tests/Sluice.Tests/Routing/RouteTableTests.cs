using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing;

public sealed class RouteTableTests
{
    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var table = Rules.Table(
            Rules.Store("pictures", new() { Path = "pictures/**" }),
            Rules.Store("all of it"),
            Rules.Store("never"));

        Assert.Equal("pictures", table.Decide(new Ask { Path = "pictures/a.png" }).Value().Rule);
        Assert.Equal("all of it", table.Decide(new Ask { Path = "a.png" }).Value().Rule);
        Assert.Equal(["pictures", "all of it"], table.Explain(new Ask { Path = "a.png" }).Select(static rule => rule.Name));
    }

    [Fact]
    public void All_conditions_must_hold()
    {
        var table = Rules.Table(Rules.Store("events", new()
        {
            Methods = { "POST" },
            Path = "events/*",
            Headers = { ["X-Event"] = "push", ["X-Id"] = "*" },
            MaxLength = 100,
            Magic = { new() { Hex = "7B" }, new() { Offset = 1, Hex = "22" } },
            Json = { new() { Pointer = "/a" }, new() { Pointer = "/b", Values = { "2" } } },
        }));
        var ask = new Ask
        {
            Method = "POST",
            Path = "events/1",
            Headers = new() { ["X-Event"] = "push", ["X-Id"] = "7" },
            Length = 100,
            Head = Ask.Body("""{"a":1,"b":2}"""),
        };
        Assert.Equal("events", table.Decide(ask).Value().Rule);

        Assert.All(
            (Ask[])[
                ask with { Method = "PUT" },
                ask with { Path = "event/1" },
                ask with { Headers = new() { ["X-Event"] = "push" } },
                ask with { Headers = new() { ["X-Event"] = "pull", ["X-Id"] = "7" } },
                ask with { Length = 101 },
                ask with { Head = Ask.Body("""{ "a":1,"b":2}""") },
                ask with { Head = Ask.Body("""{"b":2}""") },
                ask with { Head = Ask.Body("""{"a":1,"b":3}""") },
            ],
            other => table.Decide(other).Failed(FailureKind.NoRoute, Phase.Route));
    }

    [Fact]
    public void Of_a_list_one_entry_is_enough()
    {
        var table = Rules.Table(Rules.Store("some", new()
        {
            DeclaredType = { "image/png", "image/gif" },
            SniffedType = { "application/json", "text/*" },
            Json = { new() { Pointer = "", Values = { "1", "2" } } },
        }));

        Assert.All(["image/png", "image/gif"], type => Assert.All(["1", "2"], body =>
            table.Decide(new Ask { DeclaredType = type, Head = Ask.Body(body) }).Value()));
        table.Decide(new Ask { DeclaredType = "image/png", Head = Ask.Body("3") }).Failed(FailureKind.NoRoute, Phase.Route);
        table.Decide(new Ask { DeclaredType = "image/bmp", Head = Ask.Body("1") }).Failed(FailureKind.NoRoute, Phase.Route);
    }

    [Fact]
    public void What_no_rule_takes_has_no_route()
    {
        Rules.Table().Decide(new Ask()).Failed(FailureKind.NoRoute, Phase.Route);
        Rules.Table(Rules.Store("in", new() { Path = "out" })).Decide(new Ask()).Failed(FailureKind.NoRoute, Phase.Route);
    }

    [Fact]
    public void A_rule_stores()
    {
        var decision = Rules.Table(Rules.Store("in", blob: "raw/{path}")).Decide(new Ask()).Value();

        Assert.Equal(new RouteDecision("in", new BlobTarget("inbox", "raw/in/a.txt"), Relay: null, Commit: null), decision);
    }

    [Theory]
    [InlineData("{path}", "in/a.txt")]
    [InlineData("v1/hooks/", "v1/hooks/")]
    [InlineData("", "")]
    public void A_rule_relays(string path, string relayed)
    {
        var decision = Rules.Table(new RouteOptions { Name = "out", Relay = new() { Target = "erp", Path = path } })
            .Decide(new Ask())
            .Value();

        Assert.Equal(new RouteDecision("out", Store: null, new RelayPath("erp", relayed), Commit: null), decision);
    }

    [Theory]
    [InlineData(null, TeeCommit.Both)]
    [InlineData(TeeCommit.Both, TeeCommit.Both)]
    [InlineData(TeeCommit.BlobFirst, TeeCommit.BlobFirst)]
    [InlineData(TeeCommit.DownstreamFirst, TeeCommit.DownstreamFirst)]
    public void A_rule_does_both_and_says_which_side_decides(TeeCommit? commit, TeeCommit decides)
    {
        var rule = new RouteOptions
        {
            Name = "tee",
            Store = new() { Container = "inbox" },
            Relay = new() { Target = "erp" },
            Commit = commit
        };

        var decision = Rules.Table(rule).Decide(new Ask()).Value();

        Assert.Equal(new RouteDecision("tee", new BlobTarget("inbox", "in/a.txt"), new RelayPath("erp", "in/a.txt"), decides), decision);
    }

    [Fact]
    public void A_rule_refuses_with_its_own_status_and_words()
    {
        var refusal = Rules.Table(new RouteOptions { Name = "no", Refuse = new() { Status = 451, Detail = "Not in this country." } })
            .Decide(new Ask()).Failed(FailureKind.RouteRefused, Phase.Route);
        Assert.Equal((451, "Not in this country."), (refusal.Status, refusal.Detail));

        refusal = Rules.Table(new RouteOptions { Name = "no", Refuse = new() }).Decide(new Ask()).Failed(
            FailureKind.RouteRefused, Phase.Route);
        Assert.Equal((403, "The rule 'no' refuses the request."), (refusal.Status, refusal.Detail));
    }

    [Fact]
    public void What_a_rule_does_not_let_in_is_refused_and_not_handed_on()
    {
        var rule = Rules.Store("images");
        rule.MediaTypes = new() { Allow = { "image/*" } };
        var table = Rules.Table(rule, Rules.Store("rest"));

        table.Decide(new Ask { Head = Ask.Body("%PDF-1.7") }).Failed(FailureKind.MediaTypeRefused, Phase.Route);
        table.Decide(new Ask { Head = Ask.Body("GIF89a") }).Value();
    }

    [Fact]
    public void A_compressed_body_is_not_compared_with_the_type_of_what_it_unpacks_to()
    {
        var rule = Rules.Store("json");
        rule.MediaTypes = new() { RefuseContradiction = true };
        var ask = new Ask { DeclaredType = "application/json", Head = new([0x1F, 0x8B, 0x08, 0, 0]) };

        Rules.Table(rule).Decide(ask).Failed(FailureKind.MediaTypeRefused, Phase.Route);
        Rules.Table(rule).Decide(ask with { Headers = new() { ["Content-Encoding"] = "gzip" } }).Value();
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("a%2Fb")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void A_path_that_could_be_read_in_two_ways_goes_nowhere(string path)
    {
        Rules.Table(Rules.Store("in")).Decide(new Ask { Path = path }).Failed(FailureKind.NameInvalid, Phase.Route);
        Rules.Table(new RouteOptions { Name = "out", Relay = new() { Target = "erp", Path = "v1/{path}x" } })
            .Decide(new Ask { Path = path + "/" }).Failed(FailureKind.PathInvalid, Phase.Route);
    }

    [Fact]
    public void A_name_that_the_request_has_not_fails_both_ways()
    {
        Rules.Table(Rules.Store("in", blob: "{header:X}")).Decide(new Ask()).Failed(FailureKind.NameUnavailable, Phase.Route);
        Rules.Table(new RouteOptions { Name = "out", Relay = new() { Target = "erp", Path = "{header:X}" } })
            .Decide(new Ask()).Failed(FailureKind.NameUnavailable, Phase.Route);
    }
}
