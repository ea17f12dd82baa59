using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// The Functions host reaches its storage account, and the package in it, as the identity. The bodies are in another account.
/// </summary>
internal static class HostStorageRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot) => [.. Of(snapshot, App).SelectMany(app => Problems(snapshot, app))];

    private static IEnumerable<string> Problems(JsonNode snapshot, JsonNode app)
    {
        var settings = Settings.Written(snapshot).ToDictionary(static setting => setting.Name, static setting => setting.Value);
        var account = settings.GetValueOrDefault("AzureWebJobsStorage__accountName");
        if (settings.ContainsKey("AzureWebJobsStorage"))
        {
            yield return "AzureWebJobsStorage is a connection string.";
        }

        if (!Of(snapshot, Storage).Any(storage => Name(storage) == account))
        {
            yield return $"AzureWebJobsStorage__accountName is '{account}', which is not deployed.";
        }

        if (settings.GetValueOrDefault("AzureWebJobsStorage__credential") != "managedidentity")
        {
            yield return "AzureWebJobsStorage__credential is not managedidentity.";
        }

        foreach (var name in new[] { "AzureWebJobsStorage__clientId", "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING" })
        {
            var value = settings.GetValueOrDefault(name) ?? "";
            if (!value.Contains(".clientId", StringComparison.Ordinal)
                || !Identity.Ids(app).Any(id => value.Contains($"reference('{id}'", StringComparison.Ordinal)))
            {
                yield return $"{name} is not the client id of the app's identity.";
            }
        }

        if (settings.GetValueOrDefault("Sluice__Blob__Endpoint")?.Contains($"/{account}'", StringComparison.Ordinal) ?? false)
        {
            yield return "Bodies go to the account of the host.";
        }

        var package = app["properties"]!["functionAppConfig"]!["deployment"]!["storage"];
        if (Text(package, "authentication.type") != "UserAssignedIdentity"
            || !Identity.Ids(app).Contains(Text(package, "authentication.userAssignedIdentityResourceId")))
        {
            yield return "The deployment package is not read as the app's identity.";
        }
    }
}
