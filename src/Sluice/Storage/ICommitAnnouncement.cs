using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>
/// The announcement of one commit.
/// <code>
/// Begin ... AnnounceAsync ---> the commit ---> Confirm     it happened
///                 |                      \--> (nothing)    it is unknown whether it happened: whoever reads the announcement asks the blob
///                 \------------------------> Withdraw    it will never happen
/// </code>
/// </summary>
internal interface ICommitAnnouncement
{
    /// <summary>Begins to announce, while the rest of the body is still on its way. Returns at once, and never throws.</summary>
    void Begin();

    /// <summary>Announces, or waits until that is done. A failure must prevent the commit; null on success.</summary>
    ValueTask<Failure?> AnnounceAsync(CancellationToken cancellationToken);

    /// <summary>The commit has happened. Returns at once, and never throws.</summary>
    /// <param name="committed">Its result.</param>
    /// <param name="bytes">The length of the blob.</param>
    /// <param name="digests">The digests that are stored with it.</param>
    void Confirm(Committed committed, long bytes, IReadOnlyList<Digest> digests);

    /// <summary>The commit will not happen. Returns at once, and never throws.</summary>
    void Withdraw();
}
