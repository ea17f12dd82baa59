using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>The result for a body that went to two places.</summary>
/// <param name="Committed">What storage returned for the commit; null if nothing was published.</param>
/// <param name="Status">The downstream's status; null if it did not respond.</param>
/// <param name="DownstreamFailure">Why the downstream did not respond, if the rule tolerates that.</param>
/// <param name="BlobFailure">Why the blob was not published, if the rule tolerates that.</param>
/// <param name="Answered">Whether the downstream's response went to the client.</param>
internal sealed record TeeResult(Committed? Committed, int? Status, Failure? DownstreamFailure, Failure? BlobFailure, bool Answered);
