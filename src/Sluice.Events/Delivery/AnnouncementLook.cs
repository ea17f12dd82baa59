using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Events.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Events.Delivery;

/// <summary>Finds out whether a commit happened that nobody has confirmed: the blob tells which upload made it.</summary>
internal sealed class AnnouncementLook(
    BlobReader blobs, EventMaker maker, Deliveries deliveries, LookAgain again, EventQueues queues, SluiceMetrics metrics,
    ILogger<AnnouncementLook> logger)
{
    /// <summary>Delivers the event, or puts the announcement into the outbox again, or drops it.</summary>
    public async Task RunAsync(OutboxMessage message, AnnouncedBody announced, CancellationToken cancellationToken)
    {
        // Another instance may have newer settings, in which the container is open.
        var read = maker.IsOpen(announced.Container)
            ? await blobs.FindAsync(new BlobTarget(announced.Container, announced.Name), Phase.Read, cancellationToken)
            : (StoredBlob?)null;
        if (read.TryGet(out var blob, out var failure) && blob?.Upload == announced.Id)
        {
            metrics.Announced("stored");
            await deliveries.TellAllAsync(
                new OutboxMessage(MessageKind.Stored, message.Since)
                {
                    Event = maker.Of(announced, blob),
                    PassOn = announced.Origin.PassOn,
                },
                cancellationToken);
            return;
        }

        // As long as the blob can't be read, nobody knows.
        if (LookAgain.IsLast(message) && failure is null)
        {
            metrics.Announced("dropped");
            if (!maker.IsOpen(announced.Container))
            {
                logger.UnknownContainer(announced.Container, queues.Outbox.Name);
            }

            return;
        }

        if (LookAgain.IsLast(message))
        {
            logger.BlobUnread(announced.Container, announced.Name, failure!.Detail);
        }

        await again.LaterAsync(message, failure?.Detail, cancellationToken);
        metrics.Announced("waiting");
    }
}
