namespace Sluice.Failures;

/// <summary>Where a resumable upload goes on, and where a request wanted to.</summary>
/// <param name="Expected">The upload's offset, in bytes.</param>
/// <param name="Provided">The request's.</param>
public sealed record DifferentOffsets(long Expected, long Provided);
