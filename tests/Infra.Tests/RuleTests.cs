using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>
/// What is deployed keeps every rule, with every parameter file. <see cref="MutationTests"/> shows that each rule can fail.
/// </summary>
public sealed class RuleTests(CompiledInfra infra)
{
    public static TheoryData<string, string> RulesAndEnvironments { get; } =
    [
        .. from rule in AllRules.ByName.Keys
           from environment in Sources.Environments
           where AllRules.IsFor(rule, environment)
           select (rule, environment),
    ];

    [Theory]
    [MemberData(nameof(RulesAndEnvironments))]
    public void An_environment_keeps_a_rule(string rule, string environment) =>
        Assert.Empty(AllRules.ByName[rule](infra.Snapshot(environment)));

    [Theory]
    [InlineData("main")]
    [InlineData("containerapp")]
    public void A_template_neither_has_a_secret_nor_asks_for_one(string name) =>
        Assert.Empty(NoSecretsRule.Violations(infra.Template(name)));

    [Fact]
    public void Production_is_private()
    {
        foreach (var environment in new[] { "prod", "containerapp" })
        {
            Assert.NotEmpty(Resource.Of(infra.Snapshot(environment), "Microsoft.Network/privateEndpoints"));
        }
    }
}
