namespace Sluice.Storage;

/// <summary>
/// The kind of request to storage. It decides what a refusal means: only a request with a condition can fail that condition, and only a
/// writer can be blocked by another writer.
/// </summary>
internal enum StorageRequestKind
{
    /// <summary>Reads the current version.</summary>
    Read,

    /// <summary>Reads exactly one version of a blob (<c>If-Match</c>).</summary>
    ReadVersion,

    /// <summary>Writes, whatever is stored now.</summary>
    Write,

    /// <summary>Writes under a condition of the client's or of ours.</summary>
    ConditionalWrite,

    /// <summary>Deletes exactly one version of a blob (<c>If-Match</c>).</summary>
    Delete,

    /// <summary>Lists blobs.</summary>
    List,
}
