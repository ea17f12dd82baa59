using Sluice.Events.Messages;

namespace Sluice.Events.Destinations;

/// <summary>One kind of destination.</summary>
internal interface IEventReceiver
{
    /// <summary>Attempts to deliver an event. An exception is a failure too.</summary>
    /// <param name="delivery">The delivery of one event.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<DeliveryResult> DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken);
}
