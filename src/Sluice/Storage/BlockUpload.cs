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
/// One flow of control fills; each staging gives its block back by itself. The pace is that of the slower side.
/// </summary>
internal sealed class BlockUpload(BlobWrite write, BlobCommit commit, BlockStaging staging, BlockFiller filler) : IBlobUpload
{
    private Block? _only;
    private bool _disposed;

    public async ValueTask<Failure?> TransferAsync(BodySource body, CancellationToken cancellationToken)
    {
        using var ends = cancellationToken.Register(staging.Cancel);
        // The memory of a read stays as it is: a block's is given back when it was checked (BlockStaging).
        body.AllowLateChecks();
        var failure = await FillAndStageAsync(body);
        if (failure is not null)
        {
            await staging.CancelAsync();
        }

        return await WhenStagedAsync(failure);
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
        : commit.PutBlockListAsync(Enumerable.Range(0, filler.Blocks).Select(index => new BlockId(write.Id, index).ToBase64()), filler.Blocks, digests);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        // Uncommitted blocks are left to storage, which drops them a week later: there is no request that removes only ours.
        filler.TakeRest().Dispose();
        _only?.Dispose();
        await staging.DisposeAsync();
    }

    // Storage's failure cancels the read, so it comes first.
    private async ValueTask<Failure?> WhenStagedAsync(Failure? failure)
    {
        await staging.WhenAllAsync();
        return staging.Failure ?? failure ?? (staging.Token.IsCancellationRequested
            ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client left before its last blocks were staged.")
            : null);
    }

    private async ValueTask<Failure?> FillAndStageAsync(BodySource body)
    {
        if (await filler.RunAsync(body, keepsOnly: true, staging.Token) is { } failure)
        {
            return failure;
        }

        var rest = filler.TakeRest();
        if (filler.Blocks == 0)
        {
            _only = rest;
        }
        else
        {
            filler.StageOrDispose(rest);
        }

        return null;
    }
}
