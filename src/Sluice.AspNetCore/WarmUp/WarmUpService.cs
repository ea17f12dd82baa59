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
/// Warms up with an upload before the host accepts requests. What the first request would otherwise load, compile and touch (15 MB of peak
/// memory) is then in place. Reasons and numbers are in docs/performance.md.
/// </summary>
internal sealed class WarmUpService(
    IServiceProvider services, BlockPool pool, IOptions<BlobOptions> blob, IOptions<WarmUpOptions> options, TimeProvider time,
    ILogger<WarmUpService> logger)
    : IHostedLifecycleService
{
    // A warm-up takes 1 to 2 seconds, and several times that on a busy machine. The Functions host waits 60 seconds for a worker.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // System.GC.Gen0MaxBudget in Sluice.props, in pieces that are no large objects.
    private const int TouchedBytes = 1 << 20;
    private const int GarbageBytes = 8_000;

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

    // The garbage of the warm-up is collected now, so that its memory is reused by the first request instead of adding to it.
    private static async Task CollectAsync()
    {
        // The end of the warm-up runs on the stack of what stopped last, which would keep the second host alive.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        GC.Collect();
        // Now what the finalizers kept.
        GC.WaitForPendingFinalizers();
        GC.Collect();
        // The collections return free memory to the system. What is allocated between two of them is touched again.
        for (var touched = 0; touched < TouchedBytes; touched += GarbageBytes)
        {
            GC.KeepAlive(new byte[GarbageBytes]);
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
