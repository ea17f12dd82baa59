using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionsApp.Tests;

/// <summary>host.json and local.settings.sample.json.</summary>
internal static class HostFiles
{
    public static JsonNode Host { get; } = JsonNode.Parse(Resources.Read("host.json"))!;

    public static JsonNode? Http => Host["extensions"]?["http"];

    public static string RoutePrefix => (string)Http!["routePrefix"]!;

    public static JsonNode LocalSettings { get; } = JsonNode.Parse(Resources.Read("local.settings.sample.json"))!;

    public static IReadOnlyDictionary<string, string> AppSettings { get; } =
        LocalSettings["Values"].Deserialize<Dictionary<string, string>>()!;

    /// <summary>The sample's app settings as configuration reads them from the environment.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings() =>
        AppSettings.Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), (string?)value.Value));
}
