using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// The role assignments are these and no others: which role, on what, for whom. A container has one only if a setting names it.
/// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
/// </summary>
internal static class RoleAssignmentsRule
{
    private const string AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private const string KeyVaultSecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string StorageBlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string StorageBlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string StorageQueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";

    public static IReadOnlyList<string> Violations(JsonNode snapshot)
    {
        var (expected, found) = (Expected(snapshot).ToHashSet(), Found(snapshot).ToList());
        return
        [
            .. expected.Except(found).Select(static role => $"Missing: {role}"),
            .. found.Except(expected).Select(static role => $"Too much: {role}"),
        ];
    }

    private static IEnumerable<string> Expected(JsonNode snapshot)
    {
        var identity = Id(Of(snapshot, "Microsoft.ManagedIdentity/userAssignedIdentities").Single());
        string Role(string role, string scope) => $"{role} on {scope} for {identity}";

        var settings = Settings.Of(snapshot);
        var host = settings.GetValueOrDefault("AzureWebJobsStorage__accountName");
        var content = Id(Of(snapshot, Storage).Single(account => Name(account) != host));
        foreach (var container in settings.Where(static setting => setting.Key.StartsWith(
            "Sluice__Blob__Containers__", StringComparison.Ordinal)))
        {
            yield return Role(StorageBlobDataContributor, $"{content}/blobServices/default/containers/{container.Value}");
        }

        yield return Role(KeyVaultSecretsUser, Id(Of(snapshot, Vault).Single()));
        yield return Role(MonitoringMetricsPublisher, Id(Of(snapshot, "Microsoft.Insights/components").Single()));
        yield return Settings.IsServer(snapshot)
            ? Role(AcrPull, Id(Of(snapshot, "Microsoft.ContainerRegistry/registries").Single()))
            : Role(StorageBlobDataOwner, Id(Of(snapshot, Storage).Single(account => Name(account) == host)));
        if (Settings.SendsEvents(snapshot))
        {
            yield return Role(
                StorageQueueDataContributor,
                Settings.IsServer(snapshot) ? content : Id(Of(snapshot, Storage).Single(account => Name(account) == host)));
        }
    }

    private static IEnumerable<string> Found(JsonNode snapshot) =>
        from assignment in Of(snapshot, "Microsoft.Authorization/roleAssignments")
        let role = Text(assignment, "properties.roleDefinitionId").Split('/')[^1]
        let scope = Id(assignment).Split("/providers/Microsoft.Authorization/")[0]
        let principal = Text(assignment, "properties.principalId")
        select $"{role} on {scope} for "
            + $"{(principal.EndsWith(".principalId]", StringComparison.Ordinal) ? principal.Split('\'')[1] : principal)}";
}
