using Microsoft.Extensions.Logging;
using Sluice.Events.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Delivery;

/// <summary>
/// Handles a message of the outbox. Whoever has received it deletes it afterwards; by then, whatever is still to be done is in the queue
/// again, as a new message. So nothing is lost, and what is done twice is recognized by the id of its event.
/// <code>
/// announced ---> is the blob of this upload? ---> yes: stored    no: look again later, and then drop it
/// expiry    ---> is the upload incomplete?   ---> yes: upload    no: drop it
/// stored,
/// upload    ---> every destination that wants it: deliver ---> failed: a delivery of its own
/// delivery  ---> deliver ---> failed: again later ---> too old, or the destination is off: dead letter
/// </code>
/// </summary>
internal sealed class OutboxHandler(
    AnnouncementLook announcements, ExpiryLook expiries, Deliveries deliveries, EventQueues queues, ILogger<OutboxHandler> logger)
{
    /// <summary>Handles it. An exception means that the message has to be received again.</summary>
    public async Task HandleAsync(BinaryData content, CancellationToken cancellationToken)
    {
        if (OutboxMessage.Read(content) is not { } message)
        {
            logger.Unreadable(queues.Outbox.Name);
            return;
        }

        await (message switch
        {
            { Kind: MessageKind.Announced, Announced: { } announced } => announcements.RunAsync(message, announced, cancellationToken),
            { Kind: MessageKind.Expiry, Upload: { } expired } => expiries.RunAsync(message, expired, cancellationToken),
            { Kind: MessageKind.Delivery } => deliveries.DeliverAsync(message, cancellationToken),
            _ => deliveries.TellAllAsync(message, cancellationToken),
        });
    }
}
