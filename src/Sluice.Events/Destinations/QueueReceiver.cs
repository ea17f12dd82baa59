using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Destinations;

/// <summary>A queue of Azure Storage.</summary>
internal sealed class QueueReceiver(EventQueue queue) : IEventReceiver
{
    public async Task<DeliveryResult> DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken)
    {
        await queue.SendAsync(delivery.Told!.ToJson(), TimeSpan.Zero, cancellationToken);
        return DeliveryResult.Delivered;
    }
}
