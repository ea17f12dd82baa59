using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Memory;

namespace Sluice.Storage;

/// <summary>
/// One upload: fills blocks from the body, stages several at once, commits them in one request.
/// <code>
/// body -> fill -> [block 0]      only one: Put Blob, at the commit
///                                or Put Block, where the commit has to wait and the memory does not
///              -> [block n] ---> Put Block (CRC64, retried), at most BlocksInFlight at once
///                                ... Put Block List, at the commit
/// </code>
/// A single flow of control fills the blocks; each staging returns its block by itself. The slower side sets the pace.
/// </summary>
internal sealed class BlockUpload(BlobWrite write, BlobCommit commit, BlockStaging staging, BlockFiller filler) : IBlobUpload
{
    private Block? _only;
    private bool _disposed;

    public async ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken)
    {
        using var ends = cancellationToken.Register(staging.Cancel);
        // The memory of a read stays unchanged: a block's memory is returned only after it was checked (BlockStaging).
        body.AllowLateChecks();
        var failure = await filler.RunAsync(body, keepsOnly: true, staging.Token);
        if (failure is not null)
        {
            await staging.CancelAsync();
            return await WhenStagedAsync(failure);
        }

        // While the last blocks are on their way to storage.
        commit.Approach();
        if (filler.Blocks == 0)
        {
            _only = filler.TakeRest();
        }
        else
        {
            filler.StageRest();
        }

        return await WhenStagedAsync(null);
    }

    // An empty body becomes an empty list: storage refuses a block without bytes.
    public async ValueTask<Failure?> ReleaseAsync(CancellationToken cancellationToken)
    {
        var only = _only;
        _only = null;
        if (only is null)
        {
            return null;
        }

        using var ends = cancellationToken.Register(staging.Cancel);
        filler.StageOrDispose(only);
        return await WhenStagedAsync(null);
    }

    public ValueTask<Result<Committed>> CommitAsync(IReadOnlyList<Digest> digests) => _only is not null
        ? commit.PutBlobAsync(_only, digests)
        : commit.PutBlockListAsync(
            Enumerable.Range(0, filler.Blocks).Select(index => new BlockId(write.Id, index).ToBase64()), filler.Blocks, filler.Bytes,
            digests);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        // Storage drops uncommitted blocks a week later: no request can remove only ours.
        filler.Dispose();
        _only?.Dispose();
        await staging.DisposeAsync();
        commit.Close();
    }

    // A storage failure cancels the read, so it takes precedence.
    private async ValueTask<Failure?> WhenStagedAsync(Failure? failure)
    {
        await staging.WhenAllAsync();
        return staging.Failure ?? failure ?? (staging.Token.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client disconnected before its last blocks were staged.")
            : null);
    }
}
