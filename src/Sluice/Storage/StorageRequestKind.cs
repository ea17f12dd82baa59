namespace Sluice.Storage;

/// <summary>What was asked of storage. It decides what a refusal means: only who set a condition can be told that it does not hold, and only a writer that another is in the way.</summary>
internal enum StorageRequestKind
{
    /// <summary>Whatever is there.</summary>
    Read,

    /// <summary>Exactly one version of a blob (<c>If-Match</c>).</summary>
    ReadVersion,

    /// <summary>A write, whatever is there.</summary>
    Write,

    /// <summary>A write under a condition of the client's or of ours.</summary>
    ConditionalWrite,
}
