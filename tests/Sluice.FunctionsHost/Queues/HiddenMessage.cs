using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Sluice.FunctionsHost.Queues;

/// <summary>A received message, which nobody else sees for as long as this lasts, however long that is.</summary>
public sealed class HiddenMessage : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly QueueMessage _message;
    private readonly TimeSpan _visibility;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private volatile string _receipt;

    /// <summary>Renews what hides it.</summary>
    /// <param name="queue">Its queue.</param>
    /// <param name="message">The message, just received.</param>
    /// <param name="visibility">For how long it was hidden, and is hidden again. Whole seconds.</param>
    public HiddenMessage(QueueClient queue, QueueMessage message, TimeSpan visibility)
    {
        (_queue, _message, _visibility, _receipt) = (queue, message, visibility, message.PopReceipt);
        _renewing = RenewAsync();
    }

    /// <summary>What proves that it is ours. Each renewal replaces it.</summary>
    public string Receipt => _receipt;

    /// <summary>From now on it is hidden only for what remains of the visibility.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_visibility / 2, _ended.Token);
                var renewed = await _queue.UpdateMessageAsync(_message.MessageId, _receipt, visibilityTimeout: _visibility);
                _receipt = renewed.Value.PopReceipt;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RequestFailedException or AggregateException)
        {
            // Whether it is still ours shows when it is deleted.
        }
    }
}
