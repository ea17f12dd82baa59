using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing;

/// <summary>What a rule asks of storage: tags from templates, and fixed values.</summary>
public sealed class FeatureRouteTests
{
    [Fact]
    public void Tags_are_filled_from_the_request_and_its_body()
    {
        var table = Rules.Table(Rule(new()
        {
            Tier = "cool",
            Tags =
            {
                ["tenant"] = "{header:X-Tenant}",
                ["kind"] = "order-{json:/type}",
                ["year"] = "{date:yyyy}",
                ["type"] = "{mediaType}",
                ["fixed"] = "a b",
            },
        }));
        var features = table.Decide(new Ask
        {
            Headers = { ["X-Tenant"] = "a&b" },
            Head = Ask.Body("""{"type":"new"}"""),
        }).Value().Features;

        Assert.Equal("Cool", features.Tier);
        Assert.Equal(
            [("fixed", "a b"), ("kind", "order-new"), ("tenant", "a_b"), ("year", "2026")],
            features.Tags.Select(static tag => (tag.Key, tag.Value)).Order());
        Assert.Equal(["type"], features.SeenTags.Keys);
    }

    [Fact]
    public void A_tag_whose_value_is_missing_is_left_out()
    {
        var table = Rules.Table(Rule(new() { Tags = { ["tenant"] = "{header:X-Tenant}", ["kind"] = "{json:/type}", ["fixed"] = "x" } }));
        Assert.Equal(["fixed"], table.Decide(new Ask { Head = Ask.Body("no json") }).Value().Features.Tags.Keys);
    }

    [Theory]
    [InlineData("tenant", "{nothing}", "the placeholders are")]
    [InlineData("tenant", "{header:Authorization}", "contains a secret")]
    [InlineData("tenant", "{", "a brace is not part of a placeholder")]
    [InlineData("a&b", "{path}", "the name of an index tag has")]
    [InlineData("deleteAfterDays", "{path}", "is set by the setting of that name")]
    [InlineData("tenant", "ä", "the value of an index tag has")]
    public void A_tag_that_can_not_be_is_named(string key, string value, string says)
    {
        var problem = Assert.Single(Rules.Problems(Rule(new() { Tags = { [key] = value } })));
        Assert.Contains($"Store:Features:Tags:{key} is '{value}'", problem, StringComparison.Ordinal);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_count_as_tags_too()
    {
        var features = new BlobFeatureOptions();
        for (var i = 0; i < 11; i++)
            features.Tags[$"t{i}"] = "{path}";
        Assert.Contains("a blob has at most 10", Assert.Single(Rules.Problems(Rule(features))), StringComparison.Ordinal);
    }

    private static RouteOptions Rule(BlobFeatureOptions features) =>
        new() { Name = "all", Store = new() { Container = "inbox", Name = "x", Features = features } };
}
