using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Contract;

/// <summary>An answer, as the contract sees it.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">Its path, without a query.</param>
/// <param name="Status">The status.</param>
/// <param name="MediaType">The media type, without parameters; null if there is none.</param>
/// <param name="Headers">The names of all headers.</param>
internal sealed record ContractAnswer(string Method, string Path, int Status, string? MediaType, IReadOnlyList<string> Headers)
{
    private static readonly int[] _kestrel = [400, 408, 414, 431, 505];

    /// <summary>Its body, if it is JSON of which the document has a schema.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>Where <c>Location</c> points.</summary>
    public string? Location { get; init; }

    /// <summary>Whether it may have content: a HEAD and a 304 name the type of what they don't have.</summary>
    public bool HasContent => Method != "HEAD" && Status != 304;

    /// <summary>
    /// Kestrel's own, before there is a request that anything of ours could see, or the Functions host's (docs/failures.md): a status and
    /// nothing else.
    /// </summary>
    public bool IsTheServers => MediaType is null
        && (TestedHost.IsFunctions ? Status >= 400 : _kestrel.Contains(Status))
        && Headers.All(static name => name is "Date" or "Server" or "Connection" or "Content-Length");

    /// <summary>Of a request: what the answer is to.</summary>
    public string Request => $"{Method} {Path}";
}
