using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Sluice.Events.Outbox;

/// <summary>One queue of Azure Storage, which is created when it is first found missing.</summary>
internal sealed class EventQueue(QueueClient client)
{
    // https://learn.microsoft.com/rest/api/storageservices/put-message: -1 is for ever.
    private static readonly TimeSpan _forEver = TimeSpan.FromSeconds(-1);

    /// <summary>The largest message, in bytes of JSON: 64 KiB in base64 (Put Message).</summary>
    public const int MaxBytes = 48 * 1024;

    /// <summary>Its name.</summary>
    public string Name => client.Name;

    /// <summary>Adds a message.</summary>
    /// <param name="content">Its content.</param>
    /// <param name="invisible">How long nobody gets it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<SendReceipt> SendAsync(BinaryData content, TimeSpan invisible, CancellationToken cancellationToken) =>
        await CreatedAsync(() => client.SendMessageAsync(content, invisible, _forEver, cancellationToken), cancellationToken);

    /// <summary>Gets messages, which nobody else gets for a while.</summary>
    public async Task<QueueMessage[]> ReceiveAsync(int most, TimeSpan invisible, CancellationToken cancellationToken) =>
        await CreatedAsync(() => client.ReceiveMessagesAsync(most, invisible, cancellationToken), cancellationToken);

    /// <summary>Replaces a message, and makes it visible.</summary>
    public Task ReplaceAsync(string id, string popReceipt, BinaryData content, CancellationToken cancellationToken) =>
        client.UpdateMessageAsync(id, popReceipt, content, TimeSpan.Zero, cancellationToken);

    /// <summary>Keeps a message invisible for longer.</summary>
    /// <returns>What is needed to change it from now on.</returns>
    public async Task<string> KeepAsync(string id, string popReceipt, TimeSpan invisible, CancellationToken cancellationToken) =>
        (await client.UpdateMessageAsync(id, popReceipt, (BinaryData?)null, invisible, cancellationToken)).Value.PopReceipt;

    /// <summary>How many messages there are, about.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await CreatedAsync(() => client.GetPropertiesAsync(cancellationToken), cancellationToken)).ApproximateMessagesCount;

    /// <summary>Makes a message visible again. One that somebody else has by now is left alone.</summary>
    public async Task ReleaseAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateMessageAsync(message.MessageId, message.PopReceipt, (BinaryData?)null, TimeSpan.Zero, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            // MessageNotFound, or PopReceiptMismatch.
        }
    }

    /// <summary>Removes a message. One that is gone, or that somebody else has by now, is left alone.</summary>
    public async Task DeleteAsync(string id, string popReceipt, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteMessageAsync(id, popReceipt, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            // MessageNotFound, or PopReceiptMismatch.
        }
    }

    /// <summary>Its metadata.</summary>
    public async Task<IDictionary<string, string>> MetadataAsync(CancellationToken cancellationToken) =>
        (await CreatedAsync(() => client.GetPropertiesAsync(cancellationToken), cancellationToken)).Metadata;

    /// <summary>Replaces its metadata.</summary>
    public Task SetMetadataAsync(IDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        client.SetMetadataAsync(metadata, cancellationToken);

    private async Task<T> CreatedAsync<T>(Func<Task<Response<T>>> request, CancellationToken cancellationToken)
    {
        try
        {
            return (await request()).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return (await request()).Value;
        }
    }
}
