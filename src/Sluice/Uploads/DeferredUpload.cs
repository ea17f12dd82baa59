using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// A body whose commit waits for something else: all of it is in storage, and none of it in memory. It must be committed, or abandoned with
/// a reason, which is logged; anything else is a bug.
/// </summary>
internal sealed class DeferredUpload : IAsyncDisposable
{
    private readonly UploadContext _context;
    private readonly IBlobUpload _blob;
    private readonly BlobWrite _write;
    private readonly long _bytes;
    private readonly IReadOnlyList<Digest> _digests;
    private bool _ended;

    private DeferredUpload(UploadContext context, IBlobUpload blob, BlobWrite write, GuardedBody body)
    {
        (_context, _blob, _write) = (context, blob, write);
        (_bytes, _digests) = (body.Bytes, body.Digests.Values());
    }

    /// <summary>
    /// Reads the whole body into storage and returns all memory. The upload and its context are disposed of with the result; on failure the
    /// upload is disposed of at once, and the context is left to the caller.
    /// </summary>
    public static async ValueTask<Result<DeferredUpload>> StageAsync(
        UploadContext context, IBlobUpload blob, BlobWrite write, GuardedBody body, CancellationToken cancellationToken)
    {
        var isStaged = false;
        try
        {
            if ((await blob.TransferAsync(body, cancellationToken) ?? await blob.ReleaseAsync(cancellationToken)) is { } failure)
            {
                return failure;
            }

            context.Leave();
            context.Deactivate();
            isStaged = true;
            return new DeferredUpload(context, blob, write, body);
        }
        finally
        {
            if (!isStaged)
            {
                await blob.DisposeAsync();
            }
        }
    }

    /// <summary>Makes the body visible.</summary>
    public async ValueTask<Result<Receipt>> CommitAsync()
    {
        var committed = await _context.CommitAsync(_blob, _write, _bytes, _digests);
        End(committed.Failure);
        return committed;
    }

    /// <summary>Abandons the body and logs why it does not become visible.</summary>
    public void Abandon(Failure failure) => End(failure);

    public async ValueTask DisposeAsync()
    {
        await _blob.DisposeAsync();
        _context.Dispose();
    }

    private void End(Failure? failure)
    {
        if (!_ended)
        {
            _ended = true;
            _context.End(failure);
        }
    }
}
