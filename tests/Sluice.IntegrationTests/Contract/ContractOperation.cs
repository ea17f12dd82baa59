using System.Globalization;
using System.Text.Json;

namespace Sluice.IntegrationTests.Contract;

/// <summary>A method of a path.</summary>
internal sealed class ContractOperation
{
    private readonly Dictionary<string, ContractResponse> _responses;
    private readonly string _id;

    /// <summary>Reads one.</summary>
    public ContractOperation(JsonElement operation, JsonElement document)
    {
        _id = operation.GetProperty("operationId").GetString()!;
        _responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(
            static response => response.Name, response => new ContractResponse(response.Value, document));
    }

    /// <summary>Whether an answer may be another service's: the document says that any status is possible.</summary>
    public bool IsOpen => _responses.ContainsKey("default");

    /// <summary>What is said of a status: by itself, by its class, or of all others; null for nothing.</summary>
    public ContractResponse? Response(int status) =>
        _responses.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture))
        ?? _responses.GetValueOrDefault($"{status / 100}XX")
        ?? _responses.GetValueOrDefault("default");

    /// <summary>What an answer has that is not described; null for nothing.</summary>
    public string? Violation(ContractAnswer answer) => Response(answer.Status) is not { } response
        ? $"docs/openapi.json, {_id}, does not document the status {answer.Status}."
        : response.Violation(answer) is { } violation
            ? $"docs/openapi.json, {_id}, {answer.Status}, {violation}."
            : null;
}
