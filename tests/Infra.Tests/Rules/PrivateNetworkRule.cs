using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// Storage and vault have no public door: a private endpoint each, its name in a zone that the app's network reads,
/// and the app on that network.
/// </summary>
internal static class PrivateNetworkRule
{
    private const string Endpoint = "Microsoft.Network/privateEndpoints";

    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. ((string[])[Storage, Vault]).SelectMany(type => Unlike(snapshot, type, "properties.publicNetworkAccess", "Disabled")
            .Concat(Unlike(snapshot, type, "properties.networkAcls.defaultAction", "Deny"))
            .Concat(Unlike(snapshot, type, "properties.networkAcls.bypass", "None"))),
        .. Of(snapshot, Storage).SelectMany(account => Unreachable(snapshot, account, "blob")),
        .. Of(snapshot, Vault).SelectMany(vault => Unreachable(snapshot, vault, "vault")),
        .. from zone in Of(snapshot, "Microsoft.Network/privateDnsZones")
           where !Of(snapshot, "Microsoft.Network/privateDnsZones/virtualNetworkLinks").Any(link =>
               Name(link).Contains(Name(zone).Trim('[', ']'), StringComparison.Ordinal)
               && Text(link, "properties.virtualNetwork.id").Contains("/virtualNetworks/", StringComparison.Ordinal))
           select $"No network reads the zone {Name(zone)}.",
        .. Outside(snapshot, App, "properties.virtualNetworkSubnetId"),
        .. Outside(snapshot, "Microsoft.App/managedEnvironments", "properties.vnetConfiguration.infrastructureSubnetId"),
    ];

    private static IEnumerable<string> Unreachable(JsonNode snapshot, JsonNode target, string group)
    {
        var endpoint = Of(snapshot, Endpoint).FirstOrDefault(endpoint =>
            endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"] is { } connection
            && Text(connection, "privateLinkServiceId") == Id(target) && (string?)connection["groupIds"]![0] == group);
        if (endpoint is null)
        {
            yield return $"{Name(target)} has no private endpoint for {group}.";
        }
        else if (!Of(snapshot, $"{Endpoint}/privateDnsZoneGroups").Any(zone => Name(zone) == $"{Name(endpoint)}/default"
            && zone.ToJsonString().Contains(group == "blob" ? "privatelink.blob" : "vaultcore", StringComparison.Ordinal)))
        {
            yield return $"{Name(endpoint)} is in no zone for {group}.";
        }
    }

    private static IEnumerable<string> Outside(JsonNode snapshot, string type, string path) =>
        from app in Of(snapshot, type)
        where !Text(app, path).EndsWith("/subnets/app", StringComparison.Ordinal)
        select $"{Name(app)} is not on the network.";
}
