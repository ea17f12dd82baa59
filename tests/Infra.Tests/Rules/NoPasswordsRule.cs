using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>Whoever signs in has an Entra identity: no shared keys, no admin user, no deployment passwords, nothing anonymous.</summary>
internal static class NoPasswordsRule
{
    private const string Policies = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";

    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. Unlike(snapshot, Storage, "properties.allowSharedKeyAccess", "false"),
        .. Unlike(snapshot, Storage, "properties.allowBlobPublicAccess", "false"),
        .. Unlike(snapshot, Storage, "properties.allowCrossTenantReplication", "false"),
        .. Unlike(snapshot, $"{Storage}/blobServices/containers", "properties.publicAccess", "None"),
        .. Unlike(snapshot, "Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", "true"),
        .. Unlike(snapshot, "Microsoft.Insights/components", "properties.DisableLocalAuth", "true"),
        .. Unlike(snapshot, "Microsoft.ContainerRegistry/registries", "properties.adminUserEnabled", "false"),
        .. Unlike(snapshot, Policies, "properties.allow", "false"),
        .. from app in Of(snapshot, App)
           from way in new[] { "scm", "ftp" }
           where !Of(snapshot, Policies).Any(policy => Name(policy) == $"{Name(app)}/{way}")
           select $"{Name(app)} says nothing of passwords for {way}.",
    ];
}
