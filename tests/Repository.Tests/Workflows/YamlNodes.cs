using YamlDotNet.RepresentationModel;

namespace Sluice.RepositoryTests.Workflows;

/// <summary>Ways into a document that may lack what is looked for.</summary>
internal static class YamlNodes
{
    public static YamlNode? At(this YamlNode? node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node as YamlSequenceNode ?? [];

    public static IEnumerable<(string Name, YamlNode Value)> Entries(this YamlNode? node) =>
        (node as YamlMappingNode)?.Children.Select(static entry => (entry.Key.Text()!, entry.Value)) ?? [];

    /// <summary>The names in it, whether it is one, a list or a mapping of them.</summary>
    public static IEnumerable<string> Names(this YamlNode? node) => node switch
    {
        YamlMappingNode => node.Entries().Select(static entry => entry.Name),
        YamlSequenceNode => node.Items().Select(static item => item.Text()!),
        _ => [node.Text() ?? ""],
    };
}
