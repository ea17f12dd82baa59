namespace Sluice.Storage;

/// <summary>Announces commits before they happen, so that nothing that is stored goes unnoticed, whatever dies when.</summary>
internal interface ICommitAnnouncer
{
    /// <summary>Prepares the announcement of a commit. Sends nothing yet; null if nobody wants to know of it.</summary>
    ICommitAnnouncement? Prepare(BlobWrite write);
}
