using Sluice.Digests;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>How far an upload is.</summary>
/// <param name="Ticket">The upload.</param>
/// <param name="Offset">How many bytes of it are there; never fewer than were told before.</param>
/// <param name="Length">Its length, once that is known.</param>
/// <param name="IsComplete">It is a blob.</param>
internal sealed record UploadStatus(UploadTicket Ticket, long Offset, long? Length, bool IsComplete)
{
    /// <summary>What the commit said, for the request that completed it.</summary>
    public Committed? Committed { get; init; }

    /// <summary>Its digests, if one request brought all of it.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>How long the request took that completed it.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The blob, for whoever asks later.</summary>
    public StoredBlob? Stored { get; init; }
}
