namespace Infra.Tests;

/// <summary>What an environment consists of is checked in, so that a change shows in a review.</summary>
public sealed class SnapshotTests(CompiledInfra infra)
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("containerapp")]
    public void A_snapshot_is_what_its_parameters_give(string environment)
    {
        var checkedIn = JsonNode.Parse(Sources.All[$"infra/environments/{environment}.snapshot.json"])!;

        Assert.True(JsonNode.DeepEquals(checkedIn, infra.Snapshot(environment)),
            $"infra/environments/{environment}.snapshot.json is out of date: "
            + $"{FirstDifference(checkedIn, infra.Snapshot(environment), "$")}\n"
            + $"Renew it: bicep snapshot infra/environments/{environment}.bicepparam --mode overwrite --subscription-id {Guid.Empty}");
    }

    [Fact]
    public void A_difference_is_noticed_and_named() => Assert.Equal(
        "$.a[1].b is 2, and comes out as 3.",
        FirstDifference(JsonNode.Parse("""{"a":[1,{"b":2}]}"""), JsonNode.Parse("""{"a":[1,{"b":3}]}"""), "$"));

    private static string? FirstDifference(JsonNode? was, JsonNode? now, string path) => (was, now) switch
    {
        _ when JsonNode.DeepEquals(was, now) => null,
        (JsonObject a, JsonObject b) => a.Concat(b)
            .Select(property => FirstDifference(a[property.Key], b[property.Key], $"{path}.{property.Key}"))
            .First(static found => found is not null),
        (JsonArray a, JsonArray b) when a.Count == b.Count => a
            .Select((item, index) => FirstDifference(item, b[index], $"{path}[{index}]"))
            .First(static found => found is not null),
        _ => $"{path} is {was?.ToJsonString() ?? "missing"}, and comes out as {now?.ToJsonString() ?? "missing"}.",
    };
}
