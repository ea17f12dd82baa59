using Sluice.Callers;

namespace Sluice.Routing.Evidence;

/// <summary>The parts of a request that rules can use, other than the body.</summary>
/// <param name="Method">The method, as sent.</param>
/// <param name="Path">The path after <c>/api/ingest/</c>, decoded, without a slash in front.</param>
/// <param name="DeclaredType">The value of <c>Content-Type</c>, parameters included; null if there is none.</param>
/// <param name="Length">The declared length of the body, in bytes; null if it is unknown.</param>
/// <param name="Id">The upload's own id.</param>
/// <param name="Now">When the request arrived.</param>
/// <param name="Header">Returns the value of a header, by its case-insensitive name; null if it is absent.</param>
/// <param name="Query">Returns the value of a query parameter; null if it is absent.</param>
internal sealed record RouteRequest(
    string Method,
    string Path,
    string? DeclaredType,
    long? Length,
    Guid Id,
    DateTimeOffset Now,
    Func<string, string?> Header,
    Func<string, string?> Query)
{
    /// <summary>Who sent it.</summary>
    public Caller Caller { get; init; } = Caller.Unknown;
}
