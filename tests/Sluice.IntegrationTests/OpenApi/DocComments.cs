using System.Reflection;
using System.Xml.Linq;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// The doc comments of records, which the compiler writes beside their assembly. (The generator reads them too, but of public types only.)
/// </summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _types;

    private DocComments(Dictionary<string, XElement> types) => _types = types;

    /// <summary>Reads those of an assembly.</summary>
    public static DocComments Of(Assembly assembly) => new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member")
        .Where(static member => Name(member).StartsWith("T:", StringComparison.Ordinal))
        .ToDictionary(static member => Name(member)[2..]));

    /// <summary>What is said of a record; null for nothing.</summary>
    public string? Summary(Type type) => _types.GetValueOrDefault(type.FullName!)?.Element("summary") is { } summary ? Text(summary) : null;

    /// <summary>What is said of a parameter of a record, whatever its case; null for nothing.</summary>
    public string? Parameter(Type type, string name) => _types.GetValueOrDefault(type.FullName!)?
        .Elements("param")
        .FirstOrDefault(param => Name(param).Equals(name, StringComparison.OrdinalIgnoreCase)) is { } param ? Text(param) : null;

    // In one line, however many it takes in the source.
    private static string Text(XElement comment) =>
        string.Join(' ', comment.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Name(XElement element) => element.Attribute("name")!.Value;
}
