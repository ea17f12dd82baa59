using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>Each rule is shown to fail: a mistake is made in a copy of what is deployed, and the rule has to name it.</summary>
public sealed class MutationTests(CompiledInfra infra)
{
    public static TheoryData<string> Mistakes { get; } = [.. Mutations.All.Keys];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found(string mistake)
    {
        var mutation = Mutations.All[mistake];
        var copy = infra.Snapshot(mutation.Environment).DeepClone();

        mutation.Make(copy);

        // Read again, as a rule would read it: values that were put in are not values that were parsed.
        Assert.Contains(
            AllRules.ByName[mutation.Rule](JsonNode.Parse(copy.ToJsonString())!),
            violation => violation.Contains(mutation.Says, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_is_applied() => Assert.Equal(
        typeof(AllRules).Assembly.GetTypes().Select(static type => type.Name)
            .Where(static name => name.EndsWith("Rule", StringComparison.Ordinal))
            .Order(),
        AllRules.ByName.Keys.Order());

    [Fact]
    public void Every_rule_has_a_mistake_that_it_finds() =>
        Assert.Equal(AllRules.ByName.Keys.Order(), Mutations.All.Values.Select(static mutation => mutation.Rule).Distinct().Order());
}
