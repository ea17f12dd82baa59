using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Events.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Delivery;

/// <summary>What could not be delivered, with the reason: in a queue, until somebody replays or removes it.</summary>
internal sealed class DeadLetters(EventQueues queues, SluiceMetrics metrics, ILogger<DeadLetters> logger)
{
    /// <summary>Gives a delivery up.</summary>
    public async Task AddAsync(OutboxMessage delivery, string reason, CancellationToken cancellationToken)
    {
        await queues.DeadLetters.SendAsync((delivery with { Reason = reason }).ToJson(), TimeSpan.Zero, cancellationToken);
        metrics.Delivered(delivery.Destination ?? "", "dead");
        logger.DeadLettered(delivery.Told!.Id, delivery.Destination ?? "", delivery.Attempts, reason);
    }
}
