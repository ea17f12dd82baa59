using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Contract;

/// <summary>docs/openapi.json as a contract: it describes every status, header and body that a server answers with.</summary>
internal sealed class ApiContract
{
    private static readonly Lazy<ApiContract> _current = new(static () => new ApiContract(Repository.Read("docs/openapi.json")));

    private const string PagePolicy = "Content-Security-Policy";

    private readonly List<ContractPath> _paths;
    private readonly ContractSchema _problem;
    private readonly HashSet<string> _problemTypes;

    /// <summary>Reads a document.</summary>
    /// <exception cref="NotSupportedException">A schema has a keyword that is not checked.</exception>
    public ApiContract(string json)
    {
        var document = JsonElement.Parse(json);
        _paths =
        [
            .. document.GetProperty("paths").EnumerateObject()
                .Select(path => new ContractPath(path.Name, path.Value, document))
                .OrderByDescending(static path => path.Weight),
        ];
        var problem = document.GetProperty("components").GetProperty("schemas").GetProperty("Problem");
        _problem = ContractSchema.Read(problem, document);
        _problemTypes = [.. problem.GetProperty("properties").GetProperty("type").GetProperty("examples").EnumerateArray().Select(
            static type => type.GetString()!)];
    }

    /// <summary>The one of this repository.</summary>
    public static ApiContract Current => _current.Value;

    /// <summary>Whether a path is of the API at all: an app that has Sluice as a library may have others.</summary>
    public static bool Covers(string path) => path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the body of an answer is needed to check it: it is JSON, and small.</summary>
    public bool Reads(ContractAnswer answer) =>
        answer.HasContent && (answer.MediaType == "application/problem+json"
            || Find(answer)?.Response(answer.Status)?.Schema(answer.MediaType) is not null);

    /// <summary>What an answer has that the document does not say, as a sentence; null for nothing.</summary>
    public string? Violation(ContractAnswer answer)
    {
        if (!Covers(answer.Path) || answer.IsTheServers)
            return null;
        var isPage = IsProblemPage(answer);
        if (isPage)
            answer = answer with { MediaType = null, Headers = [.. answer.Headers.Where(static name => name != PagePolicy)] };
        if (Find(answer) is { } operation)
            return operation.IsOpen && !IsOurs(answer) ? null : operation.Violation(answer);
        if (IsPreflight(answer) || isPage || (!answer.HasContent && answer.Status >= 400))
            return null;
        if (!IsProblem(answer))
            return $"docs/openapi.json has no operation for {answer.Request}, and its answer, {answer.Status}, is no problem.";
        return _problem.Violation(answer.Body!.Value, "the body") is { } violation
            ? $"docs/openapi.json, Problem, describes another body: {violation}."
            : null;
    }

    // Of an operation that may pass on what another service says.
    private bool IsOurs(ContractAnswer answer) =>
        IsProblem(answer) || answer.Location?.StartsWith("/api/blobs/", StringComparison.Ordinal) == true;

    private bool IsProblem(ContractAnswer answer) =>
        answer.MediaType == "application/problem+json"
        && answer.Body is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty("type", out var type)
        && _problemTypes.Contains(type.GetString() ?? "");

    // A problem as a browser gets it. The document describes what clients get: the same status, the same headers, and JSON.
    private static bool IsProblemPage(ContractAnswer answer) =>
        answer is { MediaType: "text/html", Status: >= 400 } && answer.Headers.Contains(PagePolicy);

    // Of a group of routes that has no OPTIONS of its own: the browser asks, and no client.
    private static bool IsPreflight(ContractAnswer answer) =>
        answer.Method == "OPTIONS" && answer.Status == 204
        && answer.Headers.All(static name => name is "Date" or "Server" or "Vary"
            || name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));

    private ContractOperation? Find(ContractAnswer answer)
    {
        var path = ContractPath.Segments(answer.Path);
        return _paths.Where(candidate => candidate.Matches(path))
            .Select(candidate => candidate.Operations.GetValueOrDefault(answer.Method))
            .FirstOrDefault(static operation => operation is not null);
    }
}
