using Azure.Core;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events.Outbox;

/// <summary>The queues of the events' storage account.</summary>
internal sealed class EventQueues
{
    private readonly QueueServiceClient _service;

    public EventQueues(
        IOptions<EventOptions> options, IOptions<BlobOptions> blob, EventAccount? account, Func<BlobAccountOptions, TokenCredential> signIn)
    {
        _service = Service(account?.Options ?? Account(options.Value, blob.Value), blob.Value, signIn);
        Outbox = Find(options.Value.Queue);
        DeadLetters = Find(options.Value.DeadLetterQueue);
    }

    /// <summary>What is not delivered yet.</summary>
    public EventQueue Outbox { get; }

    /// <summary>What could not be delivered.</summary>
    public EventQueue DeadLetters { get; }

    /// <summary>Another queue.</summary>
    public EventQueue Find(string name) => new(_service.GetQueueClient(name));

    private static QueueServiceClient Service(
        BlobAccountOptions account, BlobOptions blob, Func<BlobAccountOptions, TokenCredential> signIn)
    {
        // As Azure Functions reads its messages: https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue
        var client = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Transport = StorageTransport.Create() };
        client.Retry.NetworkTimeout = blob.StallTimeout;
        client.Retry.MaxRetries = blob.MaxRetries;
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        return string.IsNullOrWhiteSpace(account.ConnectionString)
            ? new QueueServiceClient(account.Endpoint, signIn(account), client)
            : new QueueServiceClient(account.ConnectionString, client);
    }

    private static BlobAccountOptions Account(EventOptions options, BlobOptions blob) =>
        options.Endpoint is null && string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new() { Endpoint = QueueEndpoint(blob.Endpoint), ConnectionString = blob.ConnectionString }
            : new() { Endpoint = options.Endpoint, ConnectionString = options.ConnectionString };

    // Each service of an account has an address of its own: https://learn.microsoft.com/azure/storage/common/storage-account-overview
    private static Uri? QueueEndpoint(Uri? blob) =>
        blob is null ? null : new UriBuilder(blob) { Host = blob.Host.Replace(".blob.", ".queue.", StringComparison.Ordinal) }.Uri;
}
