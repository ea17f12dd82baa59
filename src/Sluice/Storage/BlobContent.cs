namespace Sluice.Storage;

/// <summary>A blob opened for reading.</summary>
/// <param name="Blob">What it is.</param>
/// <param name="Content">Its bytes; whoever opened it disposes of them.</param>
internal sealed record BlobContent(StoredBlob Blob, Stream Content);
