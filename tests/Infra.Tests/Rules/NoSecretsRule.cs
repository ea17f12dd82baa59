using System.Text.RegularExpressions;

namespace Infra.Tests.Rules;

/// <summary>
/// No secret is in a template, a setting or an output: whoever may read deployments would read it. Takes snapshots and compiled templates.
/// </summary>
internal static partial class NoSecretsRule
{
    public static IReadOnlyList<string> Violations(JsonNode document) =>
    [
        .. from text in Resource.Texts(document)
           where Secret().IsMatch(text.Text)
           select $"{text.Name} has a secret, or asks for one: {text.Text}",
        .. document["predictedResources"] is null ? [] : Settings(document),
    ];

    private static IEnumerable<string> Settings(JsonNode snapshot)
    {
        foreach (var (name, value, secretRef) in Tests.Settings.Written(snapshot))
        {
            if (SecretName().IsMatch(name) && secretRef is null && !Tests.Settings.IsVaultReference(value!))
            {
                yield return $"{name} is a secret by its name, and not a reference to the vault.";
            }
        }

        foreach (var app in Resource.Of(snapshot, Resource.ContainerApp))
        {
            foreach (var secret in app["properties"]!["configuration"]!["secrets"]?.AsArray() ?? [])
            {
                if (secret!["value"] is not null || secret["keyVaultUrl"] is null)
                {
                    yield return $"Secret {secret["name"]} of {Resource.Name(app)} is not in the vault.";
                }
            }
        }
    }

    [GeneratedRegex(
        @"\blist(Keys|Secrets|AccountSas|ServiceSas|Credentials)?\(|AccountKey=|SharedAccessSignature|[?&]sig=|Password=",
        RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // The connection string of Application Insights names an address; with local authentication off it opens nothing.
    [GeneratedRegex(
        @"^(?!APPLICATIONINSIGHTS_CONNECTION_STRING$).*(Keys?(__\d+)?$|Secret|Password|Connection_?String|AddHeaders__(Authorization|.*key))",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
