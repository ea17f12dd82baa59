using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>
/// The destination of one body. It is opened before the first byte, and nothing is visible before <see cref="CommitAsync"/>. Disposing a
/// sink that was not committed abandons it, and never throws.
/// </summary>
internal interface IBlobUpload : IAsyncDisposable
{
    /// <summary>Transfers the whole body. Null on success.</summary>
    ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken);

    /// <summary>
    /// Returns all memory after the transfer, for a commit that comes later: what is not in storage yet is sent there. Null on success.
    /// </summary>
    ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken);

    /// <summary>Makes the body visible in one step, and stores its digests with it.</summary>
    ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests);
}
