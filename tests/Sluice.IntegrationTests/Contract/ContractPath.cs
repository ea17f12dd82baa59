using System.Text.Json;

namespace Sluice.IntegrationTests.Contract;

/// <summary>A path template with its methods.</summary>
internal sealed class ContractPath
{
    private const string UnencodedExtension = "x-ms-skip-url-encoding";

    private readonly string[] _segments;
    private readonly bool _hasRest;

    /// <summary>Reads one.</summary>
    public ContractPath(string template, JsonElement item, JsonElement document)
    {
        _segments = Segments(template);
        _hasRest = item.EnumerateObject().Any(operation => operation.Value.TryGetProperty("parameters", out var parameters)
            && parameters.EnumerateArray().Any(static parameter => parameter.TryGetProperty(UnencodedExtension, out _)));
        Operations = item.EnumerateObject().ToDictionary(
            static operation => operation.Name, operation => new ContractOperation(operation.Value, document),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The methods.</summary>
    public IReadOnlyDictionary<string, ContractOperation> Operations { get; }

    /// <summary>
    /// How much of it is literal; then whether it has no rest, which may be empty. Of two that match, the greater is meant.
    /// </summary>
    public (int Literals, bool IsWhole) Weight => (_segments.Count(static segment => !IsParameter(segment)), !_hasRest);

    /// <summary>Whether a path is of this template. Routing ignores case.</summary>
    public bool Matches(string[] path) =>
        (_hasRest ? path.Length >= _segments.Length - 1 : path.Length == _segments.Length)
        && _segments.Zip(path).All(static pair =>
            IsParameter(pair.First) || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    /// <summary>The parts of a path, without an empty one at its end.</summary>
    public static string[] Segments(string path) => path.Trim('/').Split('/');

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
