using System.Text.Json;

namespace Sluice.IntegrationTests.Contract;

/// <summary>
/// A schema of docs/openapi.json, read once. It knows the keywords that the document uses and refuses others; and a property that the
/// schema does not name is a violation, because nobody could know of it.
/// </summary>
internal sealed class ContractSchema
{
    // They say nothing that is checked.
    private static readonly HashSet<string> _notes = ["description", "format", "examples"];

    private readonly Dictionary<string, ContractSchema> _properties = [];
    private readonly string[] _required = [];
    private readonly string? _type;
    private readonly ContractSchema[] _any = [];
    private readonly ContractSchema? _items;
    private readonly ContractSchema? _others;

    private ContractSchema(JsonElement schema, JsonElement document)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "type":
                    _type = keyword.Value.GetString();
                    break;
                case "properties":
                    _properties = keyword.Value.EnumerateObject().ToDictionary(
                        static property => property.Name, property => Read(property.Value, document));
                    break;
                case "required":
                    _required = [.. keyword.Value.EnumerateArray().Select(static name => name.GetString()!)];
                    break;
                case "anyOf":
                    _any = [.. keyword.Value.EnumerateArray().Select(schema => Read(schema, document))];
                    break;
                case "items":
                    _items = Read(keyword.Value, document);
                    break;
                case "additionalProperties":
                    _others = Read(keyword.Value, document);
                    break;
                default:
                    if (!_notes.Contains(keyword.Name))
                        throw new NotSupportedException($"The contract's check does not know the keyword {keyword.Name} of a schema.");
                    break;
            }
        }
    }

    /// <summary>Reads one of a document.</summary>
    /// <exception cref="NotSupportedException">It has a keyword that is not checked.</exception>
    public static ContractSchema Read(JsonElement schema, JsonElement document) =>
        new(ContractPointer.Resolve(schema, document), document);

    /// <summary>What a value has that the schema does not allow, or lacks; null for nothing.</summary>
    /// <param name="value">The value.</param>
    /// <param name="at">What it is called in the sentence.</param>
    public string? Violation(JsonElement value, string at)
    {
        if (_type is not null && !IsOf(value, _type))
            return $"{at} is no {_type}";
        if (_any.Length > 0)
            return Array.ConvertAll(_any, schema => schema.Violation(value, at)) is var each && each.Contains(null) ? null : each[0];

        return value.ValueKind switch
        {
            JsonValueKind.Object => _required.Where(name => !value.TryGetProperty(name, out _))
                .Select(name => $"{at} lacks the required property {name}")
                .Concat(value.EnumerateObject().Select(property => OfProperty(property, at)))
                .FirstOrDefault(static violation => violation is not null),
            JsonValueKind.Array => value.EnumerateArray().Select((item, index) => _items?.Violation(item, $"{at}[{index}]"))
                .FirstOrDefault(static violation => violation is not null),
            _ => null,
        };
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException($"The contract's check does not know the type {type}."),
    };

    // An object of which nothing is said may have any properties.
    private string? OfProperty(JsonProperty property, string at)
    {
        var name = $"{at}.{property.Name}";
        return _properties.TryGetValue(property.Name, out var described) ? described.Violation(property.Value, name)
            : _others is not null ? _others.Violation(property.Value, name)
            : _properties.Count == 0 ? null
            : $"the schema has no property {name}";
    }
}
