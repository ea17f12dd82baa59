using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>
/// Where one body goes. Opened before the first byte; nothing is visible before <see cref="CommitAsync"/>; disposing of a sink that was
/// not committed abandons it, and never throws.
/// </summary>
internal interface IBlobUpload : IAsyncDisposable
{
    /// <summary>Takes the whole body. Null when it arrived whole.</summary>
    ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken);

    /// <summary>Gives back all memory after the transfer, for a commit that comes later: what is not at storage yet goes there. Null when it could.</summary>
    ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken);

    /// <summary>Makes what was taken visible, in one step, and keeps its digests with it.</summary>
    ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests);
}
