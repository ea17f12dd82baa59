namespace Infra.Tests;

/// <summary>A mistake in an environment, and what the rule that it breaks says of it.</summary>
internal sealed record Mutation(string Rule, string Environment, string Says, Action<JsonNode> Make)
{
    /// <summary>The first resource of a type.</summary>
    public static JsonNode First(JsonNode snapshot, string type) => Resource.Of(snapshot, type).First();

    /// <summary>Sets the value at a path in the first resource of a type, or removes it.</summary>
    public static Action<JsonNode> Set(string type, string path, JsonNode? value) => snapshot =>
    {
        var parts = path.Split('.');
        var parent = parts[..^1].Aggregate(
            First(snapshot, type), static (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);
        if (value is null)
        {
            parent.AsObject().Remove(parts[^1]);
        }
        else
        {
            parent[parts[^1]] = value.DeepClone();
        }
    };

    /// <summary>Takes a resource out.</summary>
    public static Action<JsonNode> Remove(string type, string name = "") => snapshot =>
        snapshot["predictedResources"]!.AsArray()
            .Remove(Resource.Of(snapshot, type).First(resource => Resource.Id(resource).Contains(name, StringComparison.Ordinal)));

    /// <summary>Sets an app setting of the function app, or removes it.</summary>
    public static Action<JsonNode> Setting(string name, string? value) => snapshot =>
    {
        var settings = First(snapshot, Resource.AppSettings)["properties"]!.AsObject();
        settings.Remove(name);
        if (value is not null)
        {
            settings.Add(name, value);
        }
    };

    /// <summary>Sets an environment variable of the container.</summary>
    public static Action<JsonNode> Variable(string name, string value) => snapshot =>
    {
        var variables = Settings.Container(snapshot)!["env"]!.AsArray();
        variables.Remove(variables.FirstOrDefault(variable => (string)variable!["name"]! == name));
        variables.Add(new JsonObject { ["name"] = name, ["value"] = value });
    };
}
