using Sluice.Body;
using Sluice.Sinks.Blob;

namespace Sluice.Resumable;

/// <summary>
/// Moves the bytes of one append into blocks, one after the other from an offset on. Whatever arrived is staged, a last block that is not full
/// included, however the body ends: it need not be sent again.
/// </summary>
internal sealed class AppendTransfer(ChainWriter writer, BlockStaging staging, BlockPlan plan, long start, long? length, TimeSpan most, TimeProvider time)
{
    private readonly long _start = start;

    /// <summary>The time was over before the body was.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The offset behind the last byte that was staged.</summary>
    public long End { get; private set; } = start;

    /// <summary>Takes the body. Null when all of it is there, or as much as there was time for.</summary>
    public async ValueTask<Failure?> RunAsync(BodySource body, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, staging.Token);
        await using var timer = time.CreateTimer(_ => CutShort(ends), null, most, Timeout.InfiniteTimeSpan);
        var failure = default(Failure);
        for (var (index, ended) = (0, false); !ended && failure is null; index++)
        {
            var bytes = plan.BlockBytes(index);
            var block = await staging.TakeAsync(bytes);
            var taken = false;
            try
            {
                failure = await staging.GrowAsync(block, Math.Min(bytes, length - (End - _start) ?? bytes), ends.Token);
                if (failure is null)
                {
                    (ended, failure) = await block.FillAsync(body, bytes, askBeyond: false, ends.Token);
                }

                if (block.Length > 0)
                {
                    var id = writer.DataId(End, End + block.Length);
                    End += block.Length;
                    staging.Stage(block, id);
                    taken = true;
                }
            }
            finally
            {
                if (!taken)
                {
                    staging.Return(block);
                }
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
