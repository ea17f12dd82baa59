using Microsoft.Extensions.Logging;
using Sluice.Events.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Storage;

namespace Sluice.Events.Delivery;

/// <summary>
/// Finds out whether a resumable upload was left incomplete when it expired: its blocks are still there then. They are gone if it was
/// completed, or if another one of its name was; after a week storage removes them too.
/// </summary>
internal sealed class ExpiryLook(
    ChainStore uploads, EventMaker maker, Deliveries deliveries, LookAgain again, TimeProvider time, ILogger<ExpiryLook> logger)
{
    // The blocks are gone after a week, and so is the answer.
    private static readonly TimeSpan _longestPatience = TimeSpan.FromDays(1);

    /// <summary>Delivers the event, or looks again later if somebody may still be at it, or drops it.</summary>
    public async Task RunAsync(OutboxMessage message, UploadEvent expired, CancellationToken cancellationToken)
    {
        if (expired.Data is not { Container: { } container, Name: { } name } data || !Guid.TryParse(data.Upload, out var id)
            || !maker.IsOpen(container))
        {
            return;
        }

        var ticket = new UploadTicket { Id = id, Target = new BlobTarget(container, name), Expires = expired.Time };
        if (!(await uploads.ReadAsync(ticket, keepData: false, Phase.Read, cancellationToken)).TryGet(out var reading, out var failure))
        {
            if (time.GetUtcNow() - expired.Time < _longestPatience)
            {
                await again.LaterAsync(message, failure.Detail, cancellationToken);
            }
            else
            {
                logger.BlobUnread(container, name, failure.Detail);
            }

            return;
        }

        if (reading.State is not { IsCancelled: false } state)
        {
            return;
        }

        // A request that began before the end may still bring bytes. One that has died looks the same, for ever.
        if (!state.IsQuiet && !LookAgain.IsLast(message))
        {
            await again.LaterAsync(message, reason: null, cancellationToken);
            return;
        }

        await deliveries.TellAllAsync(
            new OutboxMessage(MessageKind.Upload, message.Since)
            {
                Upload = expired with { Data = data with { Offset = state.Offset, Length = data.Length ?? state.Length } },
            },
            cancellationToken);
    }
}
