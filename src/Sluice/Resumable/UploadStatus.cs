using Sluice.Digests;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>The state of an upload.</summary>
/// <param name="Ticket">The upload.</param>
/// <param name="Offset">How many of its bytes are stored; never fewer than were reported before.</param>
/// <param name="Length">Its length, once known.</param>
/// <param name="IsComplete">Whether it is a blob.</param>
internal sealed record UploadStatus(UploadTicket Ticket, long Offset, long? Length, bool IsComplete)
{
    /// <summary>The result of the commit, for the request that completed it.</summary>
    public Committed? Committed { get; init; }

    /// <summary>The result of an earlier commit, for a request whose response was lost and is sent again.</summary>
    public Committed? Repeated { get; init; }

    /// <summary>Its digests, if a single request brought all of it.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>How long the request that completed it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The blob, for later requests.</summary>
    public StoredBlob? Stored { get; init; }
}
