using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Delivery;

/// <summary>What could not be delivered, with the reason: in a queue, until somebody replays or removes it.</summary>
internal sealed partial class DeadLetters(EventQueues queues, SluiceMetrics metrics, ILogger<DeadLetters> logger)
{
    /// <summary>Gives a delivery up.</summary>
    public async Task AddAsync(OutboxMessage delivery, string reason, CancellationToken cancellationToken)
    {
        await queues.DeadLetters.SendAsync((delivery with { Reason = reason }).ToJson(), TimeSpan.Zero, cancellationToken);
        metrics.Delivered(delivery.Destination ?? "", "dead");
        Added(logger, delivery.Told!.Id, delivery.Destination ?? "", delivery.Attempts, reason);
    }

    [LoggerMessage(
        53, LogLevel.Error,
        "The event {Id} could not be delivered to {Destination} in {Attempts} attempts, and is in the dead-letter queue: {Reason}")]
    private static partial void Added(ILogger logger, LogText id, LogText destination, int attempts, LogText reason);
}
