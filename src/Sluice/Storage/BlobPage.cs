namespace Sluice.Storage;

/// <summary>One page of a list of blobs, in the order of their names.</summary>
/// <param name="Blobs">The blobs.</param>
/// <param name="Prefixes">The common prefixes of names that have a delimiter after the requested prefix.</param>
/// <param name="Marker">Where the next page begins, in storage's own form; null after the last page.</param>
internal sealed record BlobPage(IReadOnlyList<ListedBlob> Blobs, IReadOnlyList<string> Prefixes, string? Marker);
