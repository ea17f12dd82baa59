using Infra.Tests.Rules;
using static Infra.Tests.Mutation;

namespace Infra.Tests;

/// <summary>Mistakes, by what they are. Each rule has at least one.</summary>
internal static class Mutations
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";
    private const string Diagnostics = "Microsoft.Insights/diagnosticSettings";
    private const string MetricAlert = "Microsoft.Insights/metricAlerts";
    private const string Replica = "properties.template.containers.0";

    public static IReadOnlyDictionary<string, Mutation> All { get; } = new Dictionary<string, Mutation>
    {
        ["an alert on a metric that Flex Consumption lacks"] = new(nameof(AlertsRule), "prod", "no metric Http5xx",
            Alert("MemoryWorkingSet", "metricName", "Http5xx")),
        ["a memory threshold that is a constant"] = new(
            nameof(AlertsRule), "prod", "threshold", Alert("MemoryWorkingSet", "threshold", 1 << 30)),
        ["no alert on storage"] = new(nameof(AlertsRule), "prod", "Nobody is told when sthost", Remove(MetricAlert, "alert-sthost")),
        ["no alert on server errors"] = new(nameof(AlertsRule), "prod", "server errors", Remove("Microsoft.Insights/scheduledQueryRules")),
        ["no alert on server errors of a container app"] = new(nameof(AlertsRule), "containerapp", "server errors",
            Remove(MetricAlert, "server-errors")),
        ["no alert on memory of a container app"] = new(
            nameof(AlertsRule), "containerapp", "out of memory", Remove(MetricAlert, "-memory")),

        ["a host's limit that equals ours"] = new(nameof(BodyLimitRule), "prod", "in chunks is larger",
            Setting("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "1073741824")),
        ["no limit of the host"] = new(nameof(BodyLimitRule), "prod", "missing", Setting("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", null)),
        ["a limit that is no number"] = new(
            nameof(BodyLimitRule), "prod", "no number", Setting("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "1 GB")),

        ["a server that listens elsewhere"] = new(
            nameof(ContainerAppRule), "containerapp", "listens on", Variable("Urls", "http://localhost:7071")),
        ["a probe of another path"] = new(nameof(ContainerAppRule), "containerapp", "No Readiness probe",
            Set(Resource.ContainerApp, $"{Replica}.probes.2.httpGet.path", "/")),
        ["a grace period that is too short"] = new(nameof(ContainerAppRule), "containerapp", "killed after 30",
            Set(Resource.ContainerApp, "properties.template.terminationGracePeriodSeconds", 30)),
        ["two revisions at once"] = new(nameof(ContainerAppRule), "containerapp", "activeRevisionsMode",
            Set(Resource.ContainerApp, "properties.configuration.activeRevisionsMode", "Multiple")),
        ["an image that is pulled with a password"] = new(nameof(ContainerAppRule), "containerapp", "not pulled",
            Set(Resource.ContainerApp, "properties.configuration.registries.0.identity", null)),

        ["a vault without logs"] = new(nameof(DiagnosticsRule), "prod", "Microsoft.KeyVault/vaults kv-", Remove(Diagnostics, "/vaults/")),
        ["blobs without logs"] = new(nameof(DiagnosticsRule), "prod", "blobServices stdata", Remove(Diagnostics, "stdata")),
        ["logs that are switched off"] = new(nameof(DiagnosticsRule), "prod", "sends nothing",
            snapshot => First(snapshot, Diagnostics)["properties"] = new JsonObject { ["workspaceId"] = "" }),
        ["a resource of a new type"] = new(nameof(DiagnosticsRule), "prod", "Microsoft.Cache/redis is new",
            Set("Microsoft.Web/serverfarms", "type", "Microsoft.Cache/redis")),

        ["a key of siteConfig that Flex Consumption refuses"] = new(nameof(FlexConsumptionRule), "prod", "siteConfig.alwaysOn",
            Set(Resource.App, "properties.siteConfig.alwaysOn", true)),
        ["an app setting that the platform sets"] = new(nameof(FlexConsumptionRule), "prod", "FUNCTIONS_WORKER_RUNTIME",
            Setting("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")),
        ["a share for content"] = new(
            nameof(FlexConsumptionRule), "prod", "WEBSITE_CONTENTSHARE", Setting("WEBSITE_CONTENTSHARE", "share")),
        ["another runtime"] = new(nameof(FlexConsumptionRule), "prod", "runtime.version",
            Set(Resource.App, "properties.functionAppConfig.runtime.version", "8.0")),
        ["a deployment that cuts uploads off"] = new(nameof(FlexConsumptionRule), "prod", "siteUpdateStrategy.type",
            Set(Resource.App, "properties.functionAppConfig.siteUpdateStrategy", null)),
        ["always ready for nothing"] = new(nameof(FlexConsumptionRule), "prod", "no group https",
            Set(Resource.App, "properties.functionAppConfig.scaleAndConcurrency.alwaysReady.0.name", "https")),
        ["more always ready than may run"] = new(nameof(FlexConsumptionRule), "prod", "More is always ready",
            Set(Resource.App, "properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount", 1)),
        ["another plan"] = new(nameof(FlexConsumptionRule), "prod", "sku.name", Set("Microsoft.Web/serverfarms", "sku.name", "Y1")),

        ["a connection string of the host"] = new(nameof(HostStorageRule), "prod", "connection string",
            Setting("AzureWebJobsStorage", "UseDevelopmentStorage=true")),
        ["a host's account that is not deployed"] = new(nameof(HostStorageRule), "prod", "not deployed",
            Setting("AzureWebJobsStorage__accountName", "another")),
        ["a host without its identity"] = new(nameof(HostStorageRule), "prod", "client id", Setting("AzureWebJobsStorage__clientId", null)),
        ["a worker without its identity"] = new(nameof(HostStorageRule), "prod", "AZURE_CLIENT_ID",
            Setting("AZURE_CLIENT_ID", Guid.Empty.ToString())),
        ["a package that is read with a connection string"] = new(nameof(HostStorageRule), "prod", "package",
            Set(Resource.App, "properties.functionAppConfig.deployment.storage.authentication.type", "StorageAccountConnectionString")),

        ["no lifecycle"] = new(nameof(LifecycleRule), "dev", "uploads/partial-uploads/", Remove($"{Resource.Storage}/managementPolicies")),
        ["parts that are kept"] = new(nameof(LifecycleRule), "prod", "uploads/partial-uploads/",
            Set($"{Resource.Storage}/managementPolicies", "properties.policy.rules.1.enabled", false)),
        ["a period without a rule"] = new(nameof(LifecycleRule), "prod", "after 30 days stays",
            Set($"{Resource.Storage}/managementPolicies", "properties.policy.rules.4.definition.filters.blobIndexMatch.0.value", "31")),
        ["parts of another container that are kept"] = new(nameof(LifecycleRule), "full", "third/partial-uploads/",
            Setting("Sluice__Blob__Containers__2", "third")),

        ["a concurrency that memory can't carry"] = new(nameof(MemoryRule), "prod", "more than half",
            Set(Resource.App, "properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency", 1000)),
        ["a pool as large as the instance"] = new(nameof(MemoryRule), "prod", "The pool may take",
            Setting("Sluice__Memory__BudgetBytes", "4294967296")),
        ["a pool that makes uploads wait"] = new(
            nameof(MemoryRule), "prod", "no first block", Setting("Sluice__Memory__BudgetBytes", "2097152")),
        ["blocks that are too large"] = new(nameof(MemoryRule), "full", "uploads of", Setting("Sluice__Blob__BlockBytes", "16777216")),
        ["a replica that is too small"] = new(nameof(MemoryRule), "containerapp", "more than half",
            Set(Resource.ContainerApp, $"{Replica}.resources.memory", "0.5Gi")),

        ["shared keys of storage"] = new(nameof(NoPasswordsRule), "prod", "allowSharedKeyAccess",
            Set(Resource.Storage, "properties.allowSharedKeyAccess", true)),
        ["shared keys by default"] = new(nameof(NoPasswordsRule), "prod", "allowSharedKeyAccess",
            Set(Resource.Storage, "properties.allowSharedKeyAccess", null)),
        ["a public container"] = new(nameof(NoPasswordsRule), "prod", "publicAccess",
            Set($"{Resource.Storage}/blobServices/containers", "properties.publicAccess", "Blob")),
        ["telemetry without sign-in"] = new(nameof(NoPasswordsRule), "prod", "DisableLocalAuth",
            Set("Microsoft.Insights/components", "properties.DisableLocalAuth", false)),
        ["a registry with an admin"] = new(nameof(NoPasswordsRule), "containerapp", "adminUserEnabled",
            Set("Microsoft.ContainerRegistry/registries", "properties.adminUserEnabled", true)),
        ["a password for deployments"] = new(nameof(NoPasswordsRule), "prod", "says nothing of passwords for scm",
            Remove("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "/scm")),

        ["a key in a setting"] = new(nameof(NoSecretsRule), "prod", "Sluice__Server__Keys__0 is a secret",
            Setting("Sluice__Server__Keys__0", "hunter2")),
        ["a connection string in a setting"] = new(nameof(NoSecretsRule), "prod", "Sluice__Blob__ConnectionString",
            Setting("Sluice__Blob__ConnectionString", "UseDevelopmentStorage=true")),
        ["an account key"] = new(
            nameof(NoSecretsRule), "prod", "has a secret", Setting("Sluice__Blob__Endpoint", "https://x/;AccountKey=abc")),
        ["a key that ARM looks up"] = new(nameof(NoSecretsRule), "prod", "asks for one",
            snapshot => snapshot["outputs"]!["KEY"] =
                "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'x'), '2025-06-01').keys[0].value]"),
        ["a plain key of the server"] = new(nameof(NoSecretsRule), "containerapp", "Sluice__Server__Keys__0 is a secret",
            Variable("Sluice__Server__Keys__0", "hunter2")),
        ["a secret whose value is in the template"] = new(nameof(NoSecretsRule), "containerapp", "is not in the vault",
            Set(Resource.ContainerApp, "properties.configuration.secrets.0.value", "hunter2")),

        ["a public vault"] = new(nameof(PrivateNetworkRule), "prod", "publicNetworkAccess of kv-",
            Set(Resource.Vault, "properties.publicNetworkAccess", "Enabled")),
        ["a public account"] = new(nameof(PrivateNetworkRule), "prod", "publicNetworkAccess of stdata",
            Set(Resource.Storage, "properties.publicNetworkAccess", "Enabled")),
        ["an account that nobody reaches"] = new(nameof(PrivateNetworkRule), "prod", "sthost",
            Remove("Microsoft.Network/privateEndpoints", "pe-sthost")),
        ["an endpoint whose name is public"] = new(nameof(PrivateNetworkRule), "prod", "is in no zone for vault",
            Remove("Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "pe-kv")),
        ["a zone that nobody reads"] = new(nameof(PrivateNetworkRule), "prod", "No network reads",
            Remove("Microsoft.Network/privateDnsZones/virtualNetworkLinks")),
        ["a function app outside"] = new(nameof(PrivateNetworkRule), "prod", "is not on the network",
            Set(Resource.App, "properties.virtualNetworkSubnetId", null)),
        ["a container app outside"] = new(nameof(PrivateNetworkRule), "containerapp", "is not on the network",
            Set("Microsoft.App/managedEnvironments", "properties.vnetConfiguration", null)),

        ["a role that is missing"] = new(nameof(RoleAssignmentsRule), "prod", "Missing: 4633458b", Remove(Assignment, "/vaults/")),
        ["a role that is too much"] = new(nameof(RoleAssignmentsRule), "prod", "Too much: ba92f5b4", Widen),
        ["another role"] = new(nameof(RoleAssignmentsRule), "prod", "Too much: 8e3af657",
            Set(Assignment, "properties.roleDefinitionId", "/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635")),
        ["somebody else's role"] = new(nameof(RoleAssignmentsRule), "prod", "for 11111111",
            Set(Assignment, "properties.principalId", "11111111-1111-1111-1111-111111111111")),
        ["a container without a role"] = new(nameof(RoleAssignmentsRule), "full", "Missing: ba92f5b4",
            Setting("Sluice__Blob__Containers__2", "third")),

        ["a misspelt setting"] = new(nameof(SettingsRule), "prod", "Sluice:Blob:Container is not a setting",
            Setting("Sluice__Blob__Container", "uploads")),
        ["a section that there is not"] = new(nameof(SettingsRule), "prod", "Sluice__Quotas__MaxBodyBytes is in no section",
            Setting("Sluice__Quotas__MaxBodyBytes", "1")),
        ["a value out of range"] = new(
            nameof(SettingsRule), "prod", "Sluice:Peek:WindowBytes is '1'", Setting("Sluice__Peek__WindowBytes", "1")),
        ["a value that can't be read"] = new(nameof(SettingsRule), "prod", "Sluice:Blob:BlocksInFlight",
            Setting("Sluice__Blob__BlocksInFlight", "many")),
        ["no container"] = new(
            nameof(SettingsRule), "prod", "Sluice:Blob:Containers is empty", Setting("Sluice__Blob__Containers__0", null)),
        ["no endpoint"] = new(nameof(SettingsRule), "prod", "Sluice:Blob:Endpoint is missing", Setting("Sluice__Blob__Endpoint", null)),
        ["a setting of the server on a function app"] = new(nameof(SettingsRule), "prod", "Sluice__Server__AllowAnonymous is in no section",
            Setting("Sluice__Server__AllowAnonymous", "true")),
        ["a value that only Azure knows"] = new(nameof(SettingsRule), "prod", "can't be known",
            Setting("Sluice__Body__MaxBytes", "[string(parameters('x'))]")),
        ["a name that Linux does not take"] = new(nameof(SettingsRule), "prod", "is no name that Linux takes",
            Setting("Sluice__Relay__Targets__erp__AddHeaders__x-api-key", "x")),
        ["a server without a key"] = new(nameof(SettingsRule), "containerapp", "Sluice:Server:Keys is empty", WithoutKeys),

        ["storage over http"] = new(nameof(TransportRule), "prod", "supportsHttpsTrafficOnly",
            Set(Resource.Storage, "properties.supportsHttpsTrafficOnly", false)),
        ["an old TLS of storage"] = new(nameof(TransportRule), "prod", "minimumTlsVersion",
            Set(Resource.Storage, "properties.minimumTlsVersion", "TLS1_0")),
        ["a function app over http"] = new(nameof(TransportRule), "prod", "httpsOnly", Set(Resource.App, "properties.httpsOnly", null)),
        ["a container app over http"] = new(nameof(TransportRule), "containerapp", "allowInsecure",
            Set(Resource.ContainerApp, "properties.configuration.ingress.allowInsecure", true)),

        ["a vault that can be purged"] = new(nameof(VaultRule), "prod", "enablePurgeProtection",
            Set(Resource.Vault, "properties.enablePurgeProtection", null)),
        ["a vault with access policies"] = new(nameof(VaultRule), "prod", "access policies",
            Set(Resource.Vault, "properties.accessPolicies", new JsonArray(1))),
        ["a function app that reads the vault as nobody"] = new(nameof(VaultRule), "prod", "another identity",
            Set(Resource.App, "properties.keyVaultReferenceIdentity", null)),
        ["a container app that reads the vault as nobody"] = new(nameof(VaultRule), "containerapp", "server-key",
            Set(Resource.ContainerApp, "properties.configuration.secrets.0.identity", "system")),
    };

    // The alert that asks for a metric, with another value.
    private static Action<JsonNode> Alert(string metric, string key, JsonNode value) => snapshot => Resource.Of(snapshot, MetricAlert)
        .Select(static alert => alert["properties"]!["criteria"]!["allOf"]![0]!)
        .Single(criterion => (string)criterion["metricName"]! == metric)[key] = value.DeepClone();

    // From one container to the whole account.
    private static void Widen(JsonNode snapshot)
    {
        var assignment = Resource.Of(snapshot, Assignment)
            .First(static role => Resource.Id(role).Contains("/containers/", StringComparison.Ordinal));
        assignment["id"] = Resource.Id(assignment).Replace("/blobServices/default/containers/uploads", "", StringComparison.Ordinal);
    }

    private static void WithoutKeys(JsonNode snapshot)
    {
        var variables = Settings.Container(snapshot)!["env"]!.AsArray();
        variables.Remove(variables.Single(static variable => (string)variable!["name"]! == "Sluice__Server__Keys__0"));
    }
}
