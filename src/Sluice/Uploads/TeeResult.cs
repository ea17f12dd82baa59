using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>What became of a body that went to two places.</summary>
/// <param name="Committed">What storage said; null when nothing was published.</param>
/// <param name="Status">What the downstream answered; null when it did not.</param>
/// <param name="DownstreamFailure">Why the downstream did not answer, where that fails nothing.</param>
/// <param name="BlobFailure">Why the blob was not published, where that fails nothing.</param>
/// <param name="Answered">The downstream's answer went to the client.</param>
internal sealed record TeeResult(Committed? Committed, int? Status, Failure? DownstreamFailure, Failure? BlobFailure, bool Answered);
