using Azure;
using Azure.Core;
using Azure.Messaging.EventGrid;
using Sluice.Events.Messages;
using Sluice.Settings;

namespace Sluice.Events.Destinations;

/// <summary>An Event Grid topic with the CloudEvents schema.</summary>
internal sealed class EventGridReceiver : IEventReceiver
{
    private readonly EventGridPublisherClient _client;

    public EventGridReceiver(EventDestinationOptions options, Func<TokenCredential> signIn)
    {
        // The outbox retries, for days if need be.
        var client = new EventGridPublisherClientOptions { Retry = { MaxRetries = 0 } };
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        _client = string.IsNullOrEmpty(options.Key)
            ? new EventGridPublisherClient(options.EventGrid, signIn(), client)
            : new EventGridPublisherClient(options.EventGrid, new AzureKeyCredential(options.Key), client);
    }

    public async Task<DeliveryResult> DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken)
    {
        await _client.SendEncodedCloudEventsAsync(Batch(delivery.Told!.ToJson()), cancellationToken);
        return DeliveryResult.Delivered;
    }

    // https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#4-json-batch-format
    private static ReadOnlyMemory<byte> Batch(BinaryData json) => (byte[])[(byte)'[', .. json.ToMemory().Span, (byte)']'];
}
