using Azure.Storage.Queues.Models;
using Sluice.AspNetCore.Results;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Replay;

/// <summary>Puts what is in the dead-letter queue into the outbox again.</summary>
internal sealed class DeadLetterReplay(EventQueues queues, TimeProvider time)
{
    private const int BatchSize = 32;
    private const int MaxMessages = 5000;

    // Messages that are not meant come back by themselves if this process dies.
    private static readonly TimeSpan _searchTime = TimeSpan.FromMinutes(2);

    /// <summary>Puts those that are meant into the outbox. The queue has no order and no filter: every message is looked at once.</summary>
    public async Task<ReplayResponse> RunAsync(ReplayQuery query, CancellationToken cancellationToken)
    {
        var (replayed, kept) = (0, new List<QueueMessage>());
        // No more than there are now: what is replayed in vain comes back while this runs.
        var left = Math.Min(MaxMessages, await queues.DeadLetters.CountAsync(cancellationToken));
        try
        {
            while (left > 0)
            {
                var batch = await queues.DeadLetters.ReceiveAsync(Math.Min(BatchSize, left), _searchTime, cancellationToken);
                if (batch.Length == 0)
                {
                    break;
                }

                left -= batch.Length;
                foreach (var letter in batch)
                {
                    if (OutboxMessage.Read(letter.Body) is not { } message || !IsMeant(message, query))
                    {
                        kept.Add(letter);
                        continue;
                    }

                    var again = message with { Attempts = 0, Since = time.GetUtcNow(), Reason = null };
                    await queues.Outbox.SendAsync(again.ToJson(), TimeSpan.Zero, cancellationToken);
                    await queues.DeadLetters.DeleteAsync(letter.MessageId, letter.PopReceipt, cancellationToken);
                    replayed++;
                }
            }
        }
        finally
        {
            foreach (var letter in kept)
            {
                await queues.DeadLetters.ReleaseAsync(letter, CancellationToken.None);
            }
        }

        return new ReplayResponse(replayed, kept.Count);
    }

    private static bool IsMeant(OutboxMessage message, ReplayQuery query) =>
        message.Told is { } told
        && (query.Id is null || query.Id == told.Id)
        && (query.Destination is null || query.Destination.Equals(message.Destination, StringComparison.OrdinalIgnoreCase))
        && (query.From is null || told.Time >= query.From)
        && (query.Before is null || told.Time < query.Before);
}
