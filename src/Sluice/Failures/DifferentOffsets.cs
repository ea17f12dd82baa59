namespace Sluice.Failures;

/// <summary>The offset of a resumable upload, and the offset that a request gave.</summary>
/// <param name="Expected">The upload's offset, in bytes.</param>
/// <param name="Provided">The request's offset, in bytes.</param>
public sealed record DifferentOffsets(long Expected, long Provided);
