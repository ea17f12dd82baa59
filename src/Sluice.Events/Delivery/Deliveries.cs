using Sluice.Diagnostics;
using Sluice.Events.Destinations;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Delivery;

/// <summary>Delivers events. A delivery that fails becomes a message of its own, which is tried again later.</summary>
internal sealed class Deliveries(
    EventQueues queues, EventDestinations destinations, DestinationSwitches switches, DeadLetters dead, RetrySchedule schedule,
    SluiceMetrics metrics)
{
    /// <summary>Attempts to deliver an event to every destination that wants it.</summary>
    // All at once: otherwise the slowest destination would delay the others.
    public Task TellAllAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        Task.WhenAll(DeliveriesOf(message).Select(delivery => DeliverAsync(delivery, cancellationToken)));

    /// <summary>Attempts a delivery to its destination.</summary>
    public async Task DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken)
    {
        var name = delivery.Destination ?? "";
        if (destinations.Find(name) is not { IsEnabled: true } destination)
        {
            await dead.AddAsync(delivery, "There is no such destination, or the settings switch it off.", cancellationToken);
        }
        else if (await switches.OffSinceAsync(name, cancellationToken) is { } since)
        {
            await dead.AddAsync(delivery, $"The destination wants no more events (410) since {since}.", cancellationToken);
        }
        else
        {
            await SettleAsync(delivery, await destination.DeliverAsync(delivery, cancellationToken), cancellationToken);
        }
    }

    private IEnumerable<OutboxMessage> DeliveriesOf(OutboxMessage message) =>
    [
        .. destinations.All.Where(destination => destination.Wants(message.Told!)).Select(destination => message with
        {
            Kind = MessageKind.Delivery,
            Destination = destination.Name,
            PassOn = null,
        }),
        .. message.PassOn?.To.Select(path => message with
        {
            Kind = MessageKind.Delivery,
            Destination = EventDestinations.NameOf(path),
            PassOn = message.PassOn with { To = [path] },
        }) ?? [],
    ];

    private async Task SettleAsync(OutboxMessage delivery, DeliveryResult result, CancellationToken cancellationToken)
    {
        var name = delivery.Destination!;
        if (result.Problem is not { } problem)
        {
            metrics.Delivered(name, "delivered");
            return;
        }

        if (result.IsGone)
        {
            await switches.SwitchAsync(name, on: false, cancellationToken);
            await dead.AddAsync(delivery, problem, cancellationToken);
            return;
        }

        if (result.IsLost)
        {
            await dead.AddAsync(delivery, problem, cancellationToken);
            return;
        }

        var failed = delivery with { Attempts = delivery.Attempts + (result.IsPostponed ? 0 : 1), Reason = problem };
        if (schedule.Next(failed, result) is { } delay)
        {
            await queues.Outbox.SendAsync(failed.ToJson(), delay, cancellationToken);
            metrics.Delivered(name, result.IsPostponed ? "postponed" : "retried");
        }
        else
        {
            await dead.AddAsync(failed, problem, cancellationToken);
        }
    }
}
