using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>The vault knows roles only, and nothing in it can be lost at once. Apps read it as their own identity.</summary>
internal static class VaultRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. Unlike(snapshot, Vault, "properties.enableRbacAuthorization", "true"),
        .. Unlike(snapshot, Vault, "properties.enablePurgeProtection", "true"),
        .. Unlike(snapshot, Vault, "properties.enableSoftDelete", "true"),
        .. Unlike(snapshot, Vault, "properties.softDeleteRetentionInDays", "90"),
        .. from resource in Of(snapshot, Vault)
           where resource["properties"]!["accessPolicies"] is JsonArray { Count: > 0 }
           select $"{Name(resource)} has access policies beside its roles.",
        .. from app in Of(snapshot, App)
           where !Identity.Ids(app).Contains(Text(app, "properties.keyVaultReferenceIdentity"))
           select $"{Name(app)} reads the vault as another identity than its own.",
        .. from app in Of(snapshot, ContainerApp)
           from secret in app["properties"]!["configuration"]!["secrets"]?.AsArray() ?? []
           where !Identity.Ids(app).Contains(Text(secret, "identity"))
           select $"{Name(app)} reads the secret {Text(secret, "name")} as another identity than its own.",
    ];
}
