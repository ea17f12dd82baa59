using Sluice.Events.Messages;

namespace Sluice.Events.Destinations;

/// <summary>One kind of destination.</summary>
internal interface IEventReceiver
{
    /// <summary>Attempts to deliver an event. An exception is a failure too.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="json">The same, in the JSON format of CloudEvents.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<DeliveryResult> DeliverAsync(BlobStoredEvent stored, BinaryData json, CancellationToken cancellationToken);
}
