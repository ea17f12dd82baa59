using Sluice.AspNetCore.Relay;
using Sluice.Downstream;
using Sluice.Events.Messages;
using Sluice.Webhooks;

namespace Sluice.Events.Destinations;

/// <summary>A service, one of the relay's targets.</summary>
internal sealed class TargetReceiver(EventPost post, RelayPath to, EventSigner? signer) : IEventReceiver
{
    // The sender of webhooks that gets a 410 is expected to stop (Standard Webhooks, "Responses").
    private const int Gone = 410;

    public async Task<DeliveryResult> DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken) =>
        !(await post.SendAsync(to, signer, delivery.Told!.Id, delivery.Told.ToJson().ToArray())).TryGet(out var answer, out var failure)
            ? DeliveryResult.Failed(failure.Detail)
            : answer switch
            {
                { IsSuccess: true } => DeliveryResult.Delivered,
                { Status: Gone } => DeliveryResult.Gone($"The target '{to.Target}' returned 410: it wants no more events."),
                _ => DeliveryResult.Failed($"The target '{to.Target}' returned {answer.Status}.", answer.RetryAfter, answer.Status),
            };
}
