namespace Sluice.Storage;

/// <summary>Which blobs are listed.</summary>
/// <param name="Container">The container, by the name that clients use.</param>
/// <param name="Prefix">What their names begin with; empty for all.</param>
/// <param name="Delimiter">What ends a common prefix; null for a list of all names.</param>
/// <param name="Limit">The most blobs and prefixes of one page.</param>
/// <param name="Marker">Where the page begins (<see cref="BlobPage.Marker"/>); null for the first one.</param>
internal sealed record BlobQuery(string Container, string Prefix, string? Delimiter, int Limit, string? Marker);
