namespace Sluice.Resumable;

/// <summary>A part of a whole, as found in storage.</summary>
/// <param name="Ticket">The part.</param>
/// <param name="Length">Its length; null if the part is gone and its address does not contain the length.</param>
/// <param name="IsThere">Whether all of it is there. If not, it is gone: its bytes are already in the whole, or never will be.</param>
internal sealed record FoundPart(UploadTicket Ticket, long? Length, bool IsThere);
