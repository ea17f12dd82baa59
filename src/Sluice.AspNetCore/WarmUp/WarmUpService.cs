using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Diagnostics;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// Warms up with uploads and reads before the host accepts requests. What the first request would otherwise load, compile and touch (15 MB
/// of peak memory) is then in place. Reasons and numbers are in docs/performance.md.
/// </summary>
internal sealed class WarmUpService(
    IServiceProvider services, BlockPool pool, IOptions<BlobOptions> blob, IOptions<WarmUpOptions> options, TimeProvider time,
    ILogger<WarmUpService> logger)
    : IHostedLifecycleService
{
    // A warm-up takes 1 to 2 seconds, and several times that on a busy machine. The Functions host waits 60 seconds for a worker.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan CollectionPatience = TimeSpan.FromSeconds(2);

    // What is allocated between two collections: System.GC.Gen0MaxBudget in Sluice.props.
    private const int TouchedBytes = 1 << 20;

    // Far below a large object, which has a heap of its own.
    private const int PieceBytes = 8_000;

    // Runs before any service starts: the worker of Azure Functions accepts requests as soon as its own service has started, whatever else
    // has not started yet.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        TouchBlocks();
        foreach (var preparation in services.GetServices<IWarmUpPreparation>())
        {
            preparation.Prepare();
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), ends, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            await services.GetRequiredService<WarmUpRun>().RunAsync(ends.Token);
            await CollectAsync();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The host works without the warm-up.
            logger.NotWarm(LogException.Of(e));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The garbage of the warm-up is collected now, so that its memory is reused by the first request instead of adding to it. On a stack of
    // its own: the end of the warm-up runs on the stack of what stopped last, which would keep the second host alive. A finalizer of the app
    // that never returns must not keep the host from starting.
    private async Task CollectAsync() =>
        await Task.Run(Collect).WaitAsync(CollectionPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        // The collections have returned free memory to the system. The first request allocates this much before the next collection, so
        // these pages are touched now.
        for (var touched = 0; touched < TouchedBytes - PieceBytes; touched += PieceBytes)
        {
            GC.KeepAlive(new byte[PieceBytes]);
        }
    }

    // Touches the blocks that one upload uses, so that their pages belong to the process's baseline and not to its first request.
    private void TouchBlocks()
    {
        var blocks = new List<Block>();
        var account = pool.Open("");
        while (blocks.Count <= blob.Value.BlocksInFlight && account.TryRent(blob.Value.BlockBytes, out var block))
        {
            blocks.Add(block);
            for (var free = block.Free(long.MaxValue); !free.IsEmpty; free = block.Free(long.MaxValue))
            {
                free.Span.Clear();
                block.Advance(free.Length);
            }
        }

        blocks.ForEach(block => block.Dispose());
    }
}
