namespace Sluice.Resumable;

/// <summary>A part and its place in the whole.</summary>
/// <param name="Ticket">The part.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="IsNeededAgain">Whether it occurs in the whole once more, further on.</param>
internal sealed record PlacedPart(UploadTicket Ticket, long Start, long Length, bool IsNeededAgain)
{
    /// <summary>Where it ends.</summary>
    public long End => Start + Length;
}
