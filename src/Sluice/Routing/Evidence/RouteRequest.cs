namespace Sluice.Routing.Evidence;

/// <summary>What the rules may look at, other than the body.</summary>
/// <param name="Method">The method, as sent.</param>
/// <param name="Path">The path after <c>/api/ingest/</c>, decoded, without a slash in front.</param>
/// <param name="DeclaredType">The value of <c>Content-Type</c>, parameters included; null if there is none.</param>
/// <param name="Length">The declared length of the body, in bytes; null if it is unknown.</param>
/// <param name="Id">The upload's own id.</param>
/// <param name="Now">When the request came.</param>
/// <param name="Header">The value of a header, by its name in any case; null if it is absent.</param>
/// <param name="Query">The value of a query parameter; null if it is absent.</param>
internal sealed record RouteRequest(
    string Method,
    string Path,
    string? DeclaredType,
    long? Length,
    Guid Id,
    DateTimeOffset Now,
    Func<string, string?> Header,
    Func<string, string?> Query);
