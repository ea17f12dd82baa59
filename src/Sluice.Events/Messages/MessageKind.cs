namespace Sluice.Events.Messages;

/// <summary>What a message of the outbox is about. The names are stored in messages.</summary>
internal enum MessageKind
{
    /// <summary>A commit that may have happened: the blob knows.</summary>
    Announced,

    /// <summary>A commit that has happened, with its event.</summary>
    Stored,

    /// <summary>An event that one destination has not taken yet.</summary>
    Delivery,

    /// <summary>An event of an upload that is not stored, or not yet: for whoever wants it.</summary>
    Upload,

    /// <summary>A resumable upload that may have expired: its blocks know.</summary>
    Expiry,
}
