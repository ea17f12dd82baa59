namespace Infra.Tests;

/// <summary>Finds resources in a snapshot, and values in resources.</summary>
internal static class Resource
{
    public const string App = "Microsoft.Web/sites";
    public const string AppSettings = "Microsoft.Web/sites/config";
    public const string ContainerApp = "Microsoft.App/containerApps";
    public const string Storage = "Microsoft.Storage/storageAccounts";
    public const string Vault = "Microsoft.KeyVault/vaults";

    public static IEnumerable<JsonNode> All(JsonNode snapshot) =>
        snapshot["predictedResources"]!.AsArray().Select(static resource => resource!);

    public static IEnumerable<JsonNode> Of(JsonNode snapshot, string type) => All(snapshot).Where(resource => Type(resource) == type);

    public static string Type(JsonNode resource) => (string)resource["type"]!;

    public static string Name(JsonNode resource) => (string)resource["name"]!;

    public static string Id(JsonNode resource) => (string)resource["id"]!;

    /// <summary>The value at a path such as <c>properties.ingress.allowInsecure</c>, as text in JSON; empty if there is none.</summary>
    public static string Text(JsonNode? node, string path)
    {
        foreach (var part in path.Split('.'))
        {
            node = node is JsonObject ? node[part] : null;
        }

        return node switch
        {
            null => "",
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => node.ToJsonString(),
        };
    }

    /// <summary>A sentence for each resource of a type whose value at a path is another one.</summary>
    public static IEnumerable<string> Unlike(JsonNode snapshot, string type, string path, string value) =>
        from resource in Of(snapshot, type)
        let is_ = Text(resource, path)
        where is_ != value
        select $"{path} of {Name(resource)} is '{is_}', not '{value}'.";

    /// <summary>Every text in a document, with the names of properties.</summary>
    public static IEnumerable<(string Name, string Text)> Texts(JsonNode? node, string name = "") => node switch
    {
        JsonObject o => o.SelectMany(static property => Texts(property.Value, property.Key)),
        JsonArray a => a.SelectMany(item => Texts(item, name)),
        JsonValue value when value.TryGetValue<string>(out var text) => [(name, text)],
        _ => [],
    };
}
