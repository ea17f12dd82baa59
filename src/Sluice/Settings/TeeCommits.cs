namespace Sluice.Settings;

/// <summary>What the values of <see cref="TeeCommit"/> have in common.</summary>
internal static class TeeCommits
{
    /// <summary>Whether the blob is published first, whatever the service answers.</summary>
    public static bool IsBlobFirst(this TeeCommit commit) => commit is TeeCommit.BlobFirst or TeeCommit.BlobFirstWithRetries;
}
