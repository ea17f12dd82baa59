namespace Infra.Tests.Rules;

/// <summary>The rules, by name. A rule takes a snapshot and returns a sentence for each thing that is wrong.</summary>
internal static class AllRules
{
    public static IReadOnlyDictionary<string, Func<JsonNode, IReadOnlyList<string>>> ByName { get; } =
        new Dictionary<string, Func<JsonNode, IReadOnlyList<string>>>
        {
            [nameof(AlertsRule)] = AlertsRule.Violations,
            [nameof(BodyLimitRule)] = BodyLimitRule.Violations,
            [nameof(ContainerAppRule)] = ContainerAppRule.Violations,
            [nameof(DiagnosticsRule)] = DiagnosticsRule.Violations,
            [nameof(FlexConsumptionRule)] = FlexConsumptionRule.Violations,
            [nameof(HostStorageRule)] = HostStorageRule.Violations,
            [nameof(LifecycleRule)] = LifecycleRule.Violations,
            [nameof(MemoryRule)] = MemoryRule.Violations,
            [nameof(NoPasswordsRule)] = NoPasswordsRule.Violations,
            [nameof(NoSecretsRule)] = NoSecretsRule.Violations,
            [nameof(PrivateNetworkRule)] = PrivateNetworkRule.Violations,
            [nameof(RoleAssignmentsRule)] = RoleAssignmentsRule.Violations,
            [nameof(SettingsRule)] = SettingsRule.Violations,
            [nameof(TransportRule)] = TransportRule.Violations,
            [nameof(VaultRule)] = VaultRule.Violations,
        };

    /// <summary>Whether a rule is for an environment: dev is not private.</summary>
    public static bool IsFor(string rule, string environment) => rule != nameof(PrivateNetworkRule) || environment != "dev";
}
