using Sluice.Body;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// Moves the bytes of one append into blocks, one after the other from an offset on. Whatever arrived is staged, a last block that is not full
/// included, however the body ends: it need not be sent again. But where a block can't be staged, the append has failed, whatever storage said of it:
/// what a failure means is decided by where it comes from, the body or the staging, and not by whose doing it is.
/// </summary>
internal sealed class AppendTransfer(ChainWriter writer, BlockStaging staging, long start, TimeSpan most, TimeProvider time)
{
    // Behind the last byte that is on its way, or there.
    private long _staged = start;

    /// <summary>The time was over before the body was.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The offset behind the last byte, once storage has acknowledged every block before it (Put Block answered 201).</summary>
    public long End { get; private set; } = start;

    /// <summary>Why the body ended early, by its client's doing or ours; null where all of it is there, or as much as there was time for.</summary>
    public Failure? Cut { get; private set; }

    /// <summary>Names the next block.</summary>
    public string NextId(long bytes)
    {
        var begin = _staged;
        _staged += bytes;
        return writer.DataId(begin, _staged);
    }

    /// <summary>Takes the body. A failure if a block could not be staged: then nobody knows how far the bytes go before the blocks were listed.</summary>
    /// <param name="filler">Fills the blocks, and asks here for their names.</param>
    /// <param name="body">The body.</param>
    /// <param name="underWay">Ends it when somebody takes over.</param>
    /// <param name="client">Ends it when the client is gone, or sent away.</param>
    public async ValueTask<Failure?> RunAsync(BlockFiller filler, BodySource body, ActiveAppend underWay, CancellationToken client)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(client, underWay.Stopped, staging.Token);
        await using var timer = time.CreateTimer(_ => CutShort(ends), null, most, Timeout.InfiniteTimeSpan);
        var failure = default(Failure);
        try
        {
            failure = await filler.RunAsync(body, keepsOnly: false, ends.Token);
        }
        finally
        {
            filler.StageOrDispose(filler.TakeRest());
        }

        // Decided now: while the blocks are on their way, anything may happen.
        var cut = failure is null ? null : underWay.Blame(failure, client);
        cut = IsCutShort && cut is { Kind: FailureKind.ClientGone } && !client.IsCancellationRequested ? null : cut;
        await staging.WhenAllAsync();
        if (staging.Failure is { } unstaged)
        {
            return unstaged;
        }

        (End, Cut) = (_staged, cut);
        return null;
    }

    private void CutShort(CancellationTokenSource ends)
    {
        IsCutShort = true;
        try
        {
            ends.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was faster.
        }
    }
}
