using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>The result of an append.</summary>
/// <param name="End">The offset after its last byte.</param>
/// <param name="Cut">Why it ended early because of its client; null if it did not.</param>
/// <param name="IsAll">Whether all bytes of the request have arrived.</param>
/// <param name="Digests">The digests of the bytes that arrived.</param>
/// <param name="Whole">The digest of the whole upload so far; null if none was declared.</param>
internal sealed record AppendOutcome(long End, Failure? Cut, bool IsAll, IReadOnlyList<Digest> Digests, WholeDigest? Whole)
{
    /// <summary>The result of a request without bytes.</summary>
    public static AppendOutcome Nothing(long offset, WholeDigest? whole) => new(offset, null, true, [], whole);
}
