using System.Text.Json;

namespace Sluice.IntegrationTests.Contract;

/// <summary>What the document says of an answer with a certain status.</summary>
internal sealed class ContractResponse
{
    private const string PrefixExtension = "x-ms-header-collection-prefix";

    // Of the connection, of the server, or of the content, which the document describes elsewhere.
    private static readonly HashSet<string> _notOurs = new(StringComparer.OrdinalIgnoreCase)
    {
        "Date", "Server", "Connection", "Keep-Alive", "Transfer-Encoding", "Trailer", "Content-Length", "Content-Type",
    };

    private readonly HashSet<string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _prefixes = [];
    private readonly Dictionary<string, ContractSchema?> _contents = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads one.</summary>
    /// <exception cref="NotSupportedException">A schema of JSON has a keyword that is not checked.</exception>
    public ContractResponse(JsonElement response, JsonElement document)
    {
        foreach (var header in Members(response, "headers"))
        {
            if (ContractPointer.Resolve(header.Value, document).TryGetProperty(PrefixExtension, out var prefix))
                _prefixes.Add(prefix.GetString()!);
            else
                _headers.Add(header.Name);
        }

        foreach (var content in Members(response, "content"))
        {
            _contents[content.Name] = IsJson(content.Name)
                ? ContractSchema.Read(content.Value.GetProperty("schema"), document)
                : null;
        }
    }

    /// <summary>The schema of a content's media type; null for one that has none.</summary>
    public ContractSchema? Schema(string? mediaType) => mediaType is null ? null : _contents.GetValueOrDefault(mediaType);

    /// <summary>What an answer has that is not described; null for nothing.</summary>
    public string? Violation(ContractAnswer answer)
    {
        if (answer.Headers.FirstOrDefault(name => !IsDescribed(name)) is { } header)
            return $"does not document the header {header}";
        if (answer.HasContent && answer.MediaType is { } mediaType && !_contents.ContainsKey(mediaType) && !_contents.ContainsKey("*/*"))
            return $"does not document content of the type {mediaType}";
        return answer.Body is { } body && Schema(answer.MediaType)?.Violation(body, "the body") is { } violation
            ? $"describes another body: {violation}"
            : null;
    }

    private static bool IsJson(string mediaType) =>
        mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    private static JsonElement.ObjectEnumerator Members(JsonElement of, string name) =>
        of.TryGetProperty(name, out var members) ? members.EnumerateObject() : default;

    private bool IsDescribed(string header) =>
        _headers.Contains(header) || _notOurs.Contains(header)
        || _prefixes.Exists(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
