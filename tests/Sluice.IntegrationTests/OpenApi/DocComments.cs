using System.Xml.Linq;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// The doc comments of records, which the compiler writes beside their assembly. (The generator reads them too, but of public types only.)
/// </summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _types;

    private DocComments(Dictionary<string, XElement> types) => _types = types;

    /// <summary>Reads those of an assembly; none where the file was not deployed.</summary>
    public static DocComments Of(System.Reflection.Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return new DocComments(File.Exists(path)
            ? XDocument.Load(path).Descendants("member").Where(static member => member.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal)).ToDictionary(static member => member.Attribute("name")!.Value[2..])
            : []);
    }

    /// <summary>What is said of a record; null for nothing.</summary>
    public string? Summary(Type type) => _types.GetValueOrDefault(type.FullName!)?.Element("summary")?.Value.Trim();

    /// <summary>What is said of a parameter of a record, whatever its case; null for nothing.</summary>
    public string? Parameter(Type type, string name) => _types.GetValueOrDefault(type.FullName!)?
        .Elements("param")
        .FirstOrDefault(param => param.Attribute("name")!.Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Trim();
}
