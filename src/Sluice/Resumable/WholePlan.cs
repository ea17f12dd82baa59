using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>
/// What is left to do for a whole. Parts are moved into it one after the other, and a moved part is gone. After an attempt that did not
/// finish, the blocks of the whole tell its final length and how far it came, and the parts after that point are still there.
/// <code>
///   part 1      part 2      part 3
/// [...........|.........  |           )
///   moved       ^ half: goes on here    ^ the length, noted before the first was moved
/// </code>
/// </summary>
/// <param name="Length">The length of the whole.</param>
/// <param name="Parts">The parts still to be moved, in order; the first of them may be partly moved.</param>
internal sealed record WholePlan(long Length, IReadOnlyList<PlacedPart> Parts)
{
    /// <summary>Makes a plan from what was found, or returns why the whole can't be made.</summary>
    /// <param name="parts">The parts, in order.</param>
    /// <param name="whole">What is stored of the whole; null for nothing.</param>
    public static Result<WholePlan> Of(IReadOnlyList<FoundPart> parts, ChainState? whole)
    {
        var moved = whole?.Offset ?? 0;
        if ((whole?.Length ?? parts.Sum(static part => part.Length)) is not { } length
            || (whole?.Length is null && parts.Any(static part => part.Length is null)))
        {
            return Gone();
        }

        // From the end backwards: parts that are gone, and whose length is unknown, come before those that are left.
        var left = new Stack<PlacedPart>();
        var end = length;
        for (var index = parts.Count - 1; index >= 0 && end > moved; index--)
        {
            var part = parts[index];
            if (!part.IsThere)
            {
                return Gone();
            }

            var start = end - part.Length!.Value;
            left.Push(new PlacedPart(part.Ticket, start, part.Length.Value, left.Any(later => later.Ticket.Id == part.Ticket.Id)));
            end = start;
        }

        return end < 0 || moved > length
            ? new Failure(
                FailureKind.UploadLengthInconsistent, Phase.Admit,
                "The lengths of the parts have changed since the final upload was created.")
            : new WholePlan(length, [.. left]);
    }

    private static Failure Gone() =>
        new(FailureKind.UploadGone, Phase.Open, "A part is not there any more: it was given up, has expired, or is part of another whole.");
}
