using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Sluice.FunctionsHost.Logs;

namespace Sluice.FunctionsHost.Queues;

/// <summary>
/// Receives the messages of one function's queue and settles them: deleted if the function ended well, visible again if not, and in the
/// poison queue after the last attempt. As QueueListener and QueueProcessor in
/// https://github.com/Azure/azure-sdk-for-net/tree/main/sdk/storage/Microsoft.Azure.WebJobs.Extensions.Storage.Common
/// </summary>
internal sealed class QueueListener(
    QueueFunction function, QueueServiceClient service, string queueName, QueueOptions options, TimeSpan visibility,
    QueueInvocations invocations, HostLogs logs)
{
    private const string PoisonSuffix = "-poison";
    private const int MaxNameLength = 63;

    // The host's shortest. The host itself doubles it while the queue is empty, up to a minute.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly QueueClient _queue = service.GetQueueClient(queueName);

    // None for a poison queue itself.
    private readonly QueueClient? _poison =
        queueName.EndsWith(PoisonSuffix, StringComparison.Ordinal) || queueName.Length + PoisonSuffix.Length > MaxNameLength
            ? null
            : service.GetQueueClient(queueName + PoisonSuffix);

    /// <summary>Receives until it is stopped, and then waits for what has begun.</summary>
    /// <param name="stopped">Nothing more is received.</param>
    /// <param name="abandoned">Nothing more is waited for: what has begun is visible again when its time is over.</param>
    public async Task RunAsync(CancellationToken stopped, CancellationToken abandoned)
    {
        var begun = new List<Task>();
        try
        {
            while (true)
            {
                var messages = await ReceiveAsync(stopped);
                begun.AddRange(messages.Select(message => SettleAsync(message, abandoned)));
                if (messages.Length == 0)
                    await Task.Delay(_pause, stopped);
                begun.RemoveAll(static task => task.IsCompleted);
                while (begun.Count > options.NewBatchThreshold)
                    begun.Remove(await Task.WhenAny(begun).WaitAsync(stopped));
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            await Task.WhenAll(begun);
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _queue.ReceiveMessagesAsync(options.BatchSize, visibility, cancellationToken)).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            logs.AddHost("Warning", $"Queue '{queueName}' can't be read: {e.Message}");
            return [];
        }
    }

    private async Task SettleAsync(QueueMessage message, CancellationToken abandoned)
    {
        await using var hidden = new HiddenMessage(_queue, message, visibility);
        try
        {
            var text = options.Decode(message.Body);
            var isTried = text is not null && message.DequeueCount <= options.MaxDequeueCount;
            if (isTried && await invocations.RunAsync(function, message, text!, abandoned))
                await EndAsync(hidden, receipt => _queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None));
            else if (_poison is not null && (!isTried || message.DequeueCount == options.MaxDequeueCount))
                await EndAsync(hidden, receipt => PoisonAsync(message, receipt, isTried ? "its function failed" : "it is not valid"));
            else if (_poison is not null)
                await EndAsync(hidden, receipt => _queue.UpdateMessageAsync(
                    message.MessageId, receipt, visibilityTimeout: options.VisibilityTimeout, cancellationToken: CancellationToken.None));
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Somebody else has received or deleted it.
            logs.AddHost("Warning", $"Message {message.MessageId} of queue '{queueName}' can't be settled: {e.Message}");
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            // The host has ended.
        }
    }

    private static async Task EndAsync(HiddenMessage hidden, Func<string, Task> settle)
    {
        await hidden.EndAsync();
        await settle(hidden.Receipt);
    }

    private async Task PoisonAsync(QueueMessage message, string receipt, string why)
    {
        var attempt = $"Message {message.MessageId} of queue '{queueName}', attempt {message.DequeueCount}";
        logs.AddHost("Warning", $"{attempt}: {why}. It is moved to queue '{_poison!.Name}'.");
        await _poison.CreateIfNotExistsAsync();
        await _poison.SendMessageAsync(message.Body);
        await _queue.DeleteMessageAsync(message.MessageId, receipt);
    }
}
