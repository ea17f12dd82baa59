using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>What an append has brought.</summary>
/// <param name="End">The offset behind its last byte.</param>
/// <param name="Cut">Why it ended early, by its client's doing; null where it did not.</param>
/// <param name="IsAll">All that the request had is there.</param>
/// <param name="Digests">The digests of the bytes that came.</param>
/// <param name="Whole">The digest of the whole upload so far; null where none was declared.</param>
internal sealed record AppendOutcome(long End, Failure? Cut, bool IsAll, IReadOnlyList<Digest> Digests, WholeDigest? Whole)
{
    /// <summary>Of a request without any.</summary>
    public static AppendOutcome Nothing(long offset, WholeDigest? whole) => new(offset, null, true, [], whole);
}
