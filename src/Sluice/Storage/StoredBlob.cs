namespace Sluice.Storage;

/// <summary>A blob as storage has it now.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ETag">Its entity tag, quotes included.</param>
/// <param name="LastModified">When it was last written.</param>
/// <param name="Properties">What is stored beside its bytes, without Sluice's own metadata.</param>
/// <param name="Digests">The digests that were stored with it, by their names in RFC 9530, in base64.</param>
internal sealed record StoredBlob(
    long Length, string ETag, DateTimeOffset LastModified, BlobProperties Properties, IReadOnlyDictionary<string, string> Digests)
{
    /// <summary>The upload that made it, as 32 hex digits; null if Sluice did not make it.</summary>
    public string? Upload { get; init; }

    /// <summary>tus: <c>Upload-Concat</c> of that upload; null if it was not made of parts, or if the field was too long to keep.</summary>
    public string? Concatenation { get; init; }
}
