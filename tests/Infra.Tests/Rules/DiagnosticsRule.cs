using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>Whatever can write logs or metrics writes them to the workspace. A type that is on neither list must be put on one.</summary>
internal static class DiagnosticsRule
{
    private static readonly string[] _with =
    [
        App, ContainerApp, Vault, $"{Storage}/blobServices", "Microsoft.App/managedEnvironments", "Microsoft.ContainerRegistry/registries",
        "Microsoft.Network/virtualNetworks", "Microsoft.OperationalInsights/workspaces",
    ];

    // Those of an account are those of its services; those of a private endpoint are its target's;
    // Application Insights lies in the workspace itself.
    private static readonly string[] _without =
    [
        AppSettings, Storage, $"{Storage}/blobServices/containers", $"{Storage}/managementPolicies",
        "Microsoft.Authorization/roleAssignments", "Microsoft.Insights/components", "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Insights/metricAlerts", "Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/workbooks",
        "Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "Microsoft.Network/privateEndpoints",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "Microsoft.Resources/resourceGroups", "Microsoft.Web/serverfarms",
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
    ];

    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. from resource in All(snapshot)
           where _with.Contains(Type(resource)) && !HasDiagnostics(snapshot, resource)
           select $"{Type(resource)} {Name(resource)} sends nothing to the workspace.",
        .. from type in All(snapshot).Select(Type).Distinct()
           where !_with.Contains(type) && !_without.Contains(type)
           select $"{type} is new: has it logs or metrics?",
    ];

    private static bool HasDiagnostics(JsonNode snapshot, JsonNode resource) =>
        Of(snapshot, "Microsoft.Insights/diagnosticSettings").Any(setting =>
            Id(setting).StartsWith($"{Id(resource)}/providers/", StringComparison.Ordinal)
            && Text(setting, "properties.workspaceId").Contains("/Microsoft.OperationalInsights/workspaces/", StringComparison.Ordinal)
            && ((string[])["logs", "metrics"])
                .SelectMany(kind => setting["properties"]![kind]?.AsArray() ?? [])
                .Any(static category => (bool)category!["enabled"]!));
}
