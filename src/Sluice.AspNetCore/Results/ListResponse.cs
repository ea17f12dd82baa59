namespace Sluice.AspNetCore.Results;

/// <summary>One page of a list of blobs.</summary>
/// <param name="Container">The container.</param>
/// <param name="Prefix">The requested prefix; empty for all blobs.</param>
/// <param name="Items">The blobs, in the order of their names.</param>
/// <param name="Prefixes">The folders directly below the prefix, if `delimiter=/` was requested.</param>
/// <param name="Next">The `continuation` of the next page. The last page has none.</param>
internal sealed record ListResponse(
    string Container, string Prefix, IReadOnlyList<ListedBlobResponse> Items, IReadOnlyList<string> Prefixes, string? Next);
