using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>One request of an upload among others, and what was known when it began.</summary>
/// <param name="Name">What it does, for whoever reads a failed run.</param>
/// <param name="Offset">Where its bytes begin.</param>
/// <param name="Bytes">Its bytes; null for one that only looks, or gives the upload up.</param>
/// <param name="Reported">The largest offset that anybody had been told.</param>
/// <param name="IsComplete">Somebody had been told that the upload is complete.</param>
/// <param name="IsCancelled">Somebody had been told that it was given up.</param>
internal sealed record InterleavedRequest(string Name, long Offset, byte[]? Bytes, long Reported, bool IsComplete, bool IsCancelled)
{
    public bool Cancels { get; init; }

    /// <summary>Whether it brings more bytes than an upload of that length has.</summary>
    public bool IsTooLong(long? length) => Offset + Bytes?.Length > length;

    /// <summary>Its answer.</summary>
    public Task<Result<UploadStatus>> Answer { get; set; } = null!;
}
