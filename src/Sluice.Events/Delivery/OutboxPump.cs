using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;
using Sluice.Events.Outbox;
using Sluice.Settings;

namespace Sluice.Events.Delivery;

/// <summary>
/// Reads the outbox, in a host that nobody calls when there is a message in it. Any number of instances may do so: a message that one has
/// received is invisible to the others, and becomes visible again if it dies.
/// </summary>
/// <param name="options">The settings.</param>
/// <param name="outbox">Opens the outbox. Not called where nobody wants events: then no code of the queues is loaded.</param>
/// <param name="handler">Handles messages; likewise.</param>
/// <param name="settlements">What is said after an upload.</param>
/// <param name="logger">The log.</param>
internal sealed partial class OutboxPump(
    IOptions<EventOptions> options, Func<EventQueues> outbox, Func<OutboxHandler> handler, Settlements settlements,
    ILogger<OutboxPump> logger) : BackgroundService
{
    // Longer than any attempt takes: targets have an idle time-out of 100 s.
    private static readonly TimeSpan _handlingTime = TimeSpan.FromMinutes(5);
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
        if (options.Value.Destinations.Count == 0)
        {
            return;
        }

        settlements.Confirmed += Wake;
        var pause = _shortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            pause = await RunAsync(stoppingToken) ? _shortestPause : pause * 2 < _longestPause ? pause * 2 : _longestPause;
            await ((Task)_news.WaitAsync(pause, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // True if there was something to do.
    private async Task<bool> RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            var messages = await outbox().Outbox.ReceiveAsync(options.Value.Concurrency, _handlingTime, stoppingToken);
            await Task.WhenAll(messages.Select(message => HandleAsync(message, stoppingToken)));
            return messages.Length > 0;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Unread(logger, LogException.Of(e), options.Value.Queue);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stoppingToken)
    {
        try
        {
            await handler().HandleAsync(message.Body, stoppingToken);
            await outbox().Outbox.DeleteAsync(message.MessageId, message.PopReceipt, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Unhandled(logger, LogException.Of(e), _handlingTime);
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

    [LoggerMessage(55, LogLevel.Warning, "The queue {Queue} can't be read. Events wait in it.")]
    private static partial void Unread(ILogger logger, Exception exception, string queue);

    [LoggerMessage(56, LogLevel.Warning, "A message of the outbox could not be handled. It will be received again after {Time}.")]
    private static partial void Unhandled(ILogger logger, Exception exception, TimeSpan time);
}
