using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Events.Delivery;

/// <summary>
/// Handles a message of the outbox. Whoever has received it deletes it afterwards; by then, whatever is still to be done is in the queue
/// again, as a new message. So nothing is lost, and what is done twice is recognized by the id of its event.
/// <code>
/// announced ---> is the blob of this upload? ---> yes: stored    no: look again later, and then drop it
/// stored    ---> every destination that wants it: deliver ---> failed: a delivery of its own
/// delivery  ---> deliver ---> failed: again later ---> too old, or the destination is off: dead letter
/// </code>
/// </summary>
internal sealed partial class OutboxHandler(
    BlobReader blobs, EventMaker maker, Deliveries deliveries, EventQueues queues, SluiceMetrics metrics, ILogger<OutboxHandler> logger)
{
    // A commit that was sent before its process died may be carried out later than its announcement becomes visible.
    private static readonly TimeSpan[] _looks =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(40)];

    /// <summary>Handles it. An exception means that the message has to be received again.</summary>
    public async Task HandleAsync(BinaryData content, CancellationToken cancellationToken)
    {
        if (OutboxMessage.Read(content) is not { } message)
        {
            Unreadable(logger, queues.Outbox.Name);
            return;
        }

        await (message switch
        {
            { Kind: MessageKind.Announced, Announced: { } announced } => LookAsync(message, announced, cancellationToken),
            { Kind: MessageKind.Delivery } => deliveries.DeliverAsync(message, cancellationToken),
            _ => deliveries.TellAllAsync(message, cancellationToken),
        });
    }

    private async Task LookAsync(OutboxMessage message, AnnouncedBody announced, CancellationToken cancellationToken)
    {
        // Another instance may have newer settings, in which the container is open.
        var read = maker.IsOpen(announced.Container)
            ? await blobs.FindAsync(new BlobTarget(announced.Container, announced.Name), Phase.Read, cancellationToken)
            : (StoredBlob?)null;
        if (read.TryGet(out var blob, out _) && blob?.Upload == announced.Id)
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
        var isLast = message.Attempts >= _looks.Length;
        if (isLast && read.Failure is null)
        {
            metrics.Announced("dropped");
            if (!maker.IsOpen(announced.Container))
            {
                Unknown(logger, announced.Container, queues.Outbox.Name);
            }

            return;
        }

        if (isLast)
        {
            Unread(logger, announced.Container, announced.Name, read.Failure!.Detail);
        }

        var again = message with { Attempts = isLast ? message.Attempts : message.Attempts + 1, Reason = read.Failure?.Detail };
        await queues.Outbox.SendAsync(again.ToJson(), isLast ? _looks[^1] : _looks[message.Attempts], cancellationToken);
        metrics.Announced("waiting");
    }

    [LoggerMessage(
        57, LogLevel.Warning,
        "The blob {Container}/{Blob} can't be read, so nobody knows whether its event is due. It is tried again. {Detail}")]
    private static partial void Unread(ILogger logger, LogText container, LogText blob, LogText detail);

    [LoggerMessage(
        58, LogLevel.Warning,
        "The queue {Queue} had the announcement of an upload into {Container}, which is not configured here. Does another app use it?")]
    private static partial void Unknown(ILogger logger, LogText container, string queue);

    [LoggerMessage(52, LogLevel.Warning, "A message in the queue {Queue} is none of ours, and was removed.")]
    private static partial void Unreadable(ILogger logger, string queue);
}
