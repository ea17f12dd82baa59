using Sluice.Body;
using Sluice.Sinks.Blob;

namespace Sluice.Resumable;

/// <summary>
/// Moves the bytes of one append into blocks, one after the other from an offset on. Whatever arrived is staged, a last block that is not full
/// included, however the body ends: it need not be sent again.
/// </summary>
internal sealed class AppendTransfer(ChainWriter writer, BlockStaging staging, long start, TimeSpan most, TimeProvider time)
{
    /// <summary>The time was over before the body was.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The offset behind the last byte that was staged.</summary>
    public long End { get; private set; } = start;

    /// <summary>Names the next block.</summary>
    public string NextId(long bytes) => writer.DataId(End, End += bytes);

    /// <summary>Takes the body. Null when all of it is there, or as much as there was time for.</summary>
    public async ValueTask<Failure?> RunAsync(BlockFiller filler, BodySource body, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, staging.Token);
        await using var timer = time.CreateTimer(_ => CutShort(ends), null, most, Timeout.InfiniteTimeSpan);
        var failure = default(Failure);
        try
        {
            failure = await filler.RunAsync(body, keepsOnly: false, ends.Token);
        }
        finally
        {
            if (filler.TakeRest() is { Length: > 0 } rest)
            {
                filler.Stage(rest);
            }
        }

        await staging.WhenAllAsync();
        return staging.Failure ?? (IsCutShort && failure is { Kind: FailureKind.ClientGone } && !cancellationToken.IsCancellationRequested ? null : failure);
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
