using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// A body that is complete in storage, or in one block that is held in memory, and not visible yet. It is abandoned if it is disposed of
/// without a commit.
/// </summary>
internal sealed class StagedUpload : IAsyncDisposable
{
    private readonly UploadContext _run;
    private readonly IBlobUpload _sink;
    private readonly BlobWrite _write;
    private readonly long _bytes;
    private readonly IReadOnlyList<Digest> _digests;

    private StagedUpload(UploadContext run, IBlobUpload sink, BlobWrite write, long bytes, IReadOnlyList<Digest> digests)
    {
        _run = run;
        _sink = sink;
        _write = write;
        _bytes = bytes;
        _digests = digests;
    }

    /// <summary>Reads the whole body into a sink, which is disposed of with this object, or at once on failure.</summary>
    public static async ValueTask<Result<StagedUpload>> TransferAsync(
        UploadContext run, IBlobUpload sink, BlobWrite write, GuardedBody body, CancellationToken upload)
    {
        var taken = false;
        try
        {
            if (await sink.TransferAsync(body, upload) is { } broken)
            {
                return broken;
            }

            run.Leave();
            taken = true;
            return new StagedUpload(run, sink, write, body.Bytes, body.Digests());
        }
        finally
        {
            if (!taken)
            {
                await sink.DisposeAsync();
            }
        }
    }

    /// <summary>Returns all memory, for a commit that comes later. Null on success.</summary>
    public ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken) => _sink.ReleaseAsync(cancellationToken);

    /// <summary>Makes the body visible.</summary>
    public async ValueTask<Result<Receipt>> CommitAsync()
    {
        // The commit has a span of its own, separate from the transfer's.
        _run.Leave();
        return (await _sink.CommitAsync(_digests)).TryGet(out var committed, out var failure)
            ? _run.Receipt(_write, committed, _bytes, _digests)
            : failure;
    }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();
}
