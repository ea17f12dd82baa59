using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Events.Diagnostics;
using Sluice.Events.Outbox;

namespace Sluice.Events.Delivery;

/// <summary>
/// Reads the outbox, in a host that nobody calls when there is a message in it. Any number of instances may do so: a message that one has
/// received is invisible to the others, and becomes visible again if it dies.
/// </summary>
/// <param name="use">The settings.</param>
/// <param name="outbox">Opens the outbox. Not called where nobody wants events: then no code of the queues is loaded.</param>
/// <param name="handler">Handles messages; likewise.</param>
/// <param name="settlements">What is said after an upload.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class OutboxPump(
    OutboxUse use, Func<EventQueues> outbox, Func<OutboxHandler> handler, Settlements settlements,
    TimeProvider time, ILogger<OutboxPump> logger) : BackgroundService
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _news = new(0, 1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await settlements.WhenAllAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        base.Dispose();
        _news.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!use.IsOn)
        {
            return;
        }

        settlements.Confirmed += Wake;
        var active = new List<Task>();
        for (var pause = _shortestPause; !stoppingToken.IsCancellationRequested;)
        {
            active.RemoveAll(static handling => handling.IsCompleted);
            var received = await ReceiveAsync(use.Concurrency - active.Count, stoppingToken);
            active.AddRange(received.Select(message => HandleAsync(message, stoppingToken)));
            if (active.Count == use.Concurrency)
            {
                await Task.WhenAny(active);
            }
            else if (received.Count == 0)
            {
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
                await ((Task)_news.WaitAsync(pause, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            pause = _shortestPause;
        }

        await Task.WhenAll(active);
    }

    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int most, CancellationToken stoppingToken)
    {
        try
        {
            return await outbox().Outbox.ReceiveAsync(most, use.RecoveryTime, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.QueueUnread(LogException.Of(e), use.Queue);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        return [];
    }

    // Nobody else gets the message while this process works on it, however long that takes.
    private async Task HandleAsync(QueueMessage message, CancellationToken stoppingToken)
    {
        try
        {
            var (queue, popReceipt) = (outbox().Outbox, message.PopReceipt);
            var handling = handler().HandleAsync(message.Body, stoppingToken);
            while (await Task.WhenAny(handling, Task.Delay(use.RecoveryTime / 2, time, stoppingToken)) != handling)
            {
                stoppingToken.ThrowIfCancellationRequested();
                popReceipt = await queue.KeepAsync(message.MessageId, popReceipt, use.RecoveryTime, stoppingToken);
            }

            await handling;
            await queue.DeleteAsync(message.MessageId, popReceipt, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.Unhandled(LogException.Of(e), use.RecoveryTime);
        }
        catch (Exception)
        {
            // The end: the message becomes visible again.
        }
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }
}
