using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>The settings that an app gets, as its environment has them.</summary>
internal static partial class Settings
{
    /// <summary>What stands for a secret whose value is in the vault.</summary>
    public const string Secret = "a-secret";

    public static bool IsServer(JsonNode snapshot) => Resource.Of(snapshot, Resource.ContainerApp).Any();

    /// <summary>Whether somebody gets events.</summary>
    public static bool SendsEvents(JsonNode snapshot) =>
        Of(snapshot).Keys.Any(static name => name.StartsWith("Sluice__Events__Destinations__", StringComparison.Ordinal));

    /// <summary>
    /// Names and values as they are written in the template. An environment variable of a container can refer to a secret.
    /// </summary>
    public static IEnumerable<(string Name, string? Value, string? SecretRef)> Written(JsonNode snapshot) =>
        Resource.Of(snapshot, Resource.AppSettings).SelectMany(static settings => settings["properties"]!.AsObject())
            .Select(static setting => (setting.Key, (string?)setting.Value, (string?)null))
            .Concat(Variables(snapshot).Select(static variable => (
                (string)variable["name"]!, (string?)variable["value"], (string?)variable["secretRef"])));

    /// <summary>Names and values at run time; null for a value that only Azure knows.</summary>
    public static IReadOnlyDictionary<string, string?> Of(JsonNode snapshot) => Written(snapshot).ToDictionary(
        static setting => setting.Name,
        static setting => setting.SecretRef is not null || VaultReference().IsMatch(setting.Value!) ? Secret : AtRunTime(setting.Value!),
        StringComparer.OrdinalIgnoreCase);

    public static bool IsVaultReference(string value) => VaultReference().IsMatch(value);

    /// <summary>The first container of the container app.</summary>
    public static JsonNode? Container(JsonNode snapshot) =>
        Resource.Of(snapshot, Resource.ContainerApp).SingleOrDefault()?["properties"]!["template"]!["containers"]![0];

    private static IEnumerable<JsonNode> Variables(JsonNode snapshot) =>
        Container(snapshot)?["env"]!.AsArray().Select(static variable => variable!) ?? [];

    private static string? AtRunTime(string value) => BlobEndpoint().Match(value) is { Success: true } endpoint
        ? $"https://{endpoint.Groups[1].Value}.blob.core.windows.net/"
        : value.StartsWith('[') ? null : value;

    [GeneratedRegex(@"^\[reference\('/[^']+/Microsoft\.Storage/storageAccounts/([a-z0-9]+)', '[^']+'\)\.primaryEndpoints\.blob\]$")]
    private static partial Regex BlobEndpoint();

    [GeneratedRegex(
        @"^\[format\('@Microsoft\.KeyVault\(SecretUri=\{0\}secrets/\{1\}\)', reference\('/[^']+/Microsoft\.KeyVault/vaults/[^']+', '[^']+'\)\.vaultUri, '[A-Za-z0-9-]+'\)\]$")]
    private static partial Regex VaultReference();
}
