namespace Sluice.Storage;

/// <summary>A blob opened for reading.</summary>
/// <param name="Blob">The blob's description.</param>
/// <param name="Content">Its bytes. The caller disposes the stream.</param>
internal sealed record BlobContent(StoredBlob Blob, Stream Content);
