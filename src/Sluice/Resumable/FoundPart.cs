namespace Sluice.Resumable;

/// <summary>A part of a whole, as it was found.</summary>
/// <param name="Ticket">The part.</param>
/// <param name="Length">Its length; null where it is gone and its address does not say.</param>
/// <param name="IsThere">All of it is there. If not, it is gone: its bytes have become the whole's already, or never will.</param>
internal sealed record FoundPart(UploadTicket Ticket, long? Length, bool IsThere);
