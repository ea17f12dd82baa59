using Azure.Storage.Queues.Models;
using Sluice.AspNetCore.Results;
using Sluice.Events.Destinations;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Events.Replay;

/// <summary>Delivers again: what is in the dead-letter queue, or the event of a blob.</summary>
internal sealed class EventReplay(
    EventQueues queues, EventDestinations destinations, DestinationSwitches switches, EventMaker maker, BlobReader blobs, TimeProvider time)
    : IEventReplay
{
    private const int BatchSize = 32;
    private const int MaxMessages = 5000;

    // Messages that are not meant come back by themselves if this process dies.
    private static readonly TimeSpan _searchTime = TimeSpan.FromMinutes(2);

    public async ValueTask<Result<ReplayResponse>> RunAsync(ReplayQuery request, CancellationToken cancellationToken)
    {
        if (request.Destination is { } name && destinations.Find(name) is null)
        {
            return new Failure(FailureKind.TargetUnknown, Phase.Admit, "No destination has this name (Sluice:Events:Destinations).");
        }

        try
        {
            if (request.Destination is not null)
            {
                await switches.SwitchAsync(request.Destination, on: true, cancellationToken);
            }

            return request.Blob is { } blob
                ? await OfBlobAsync(blob, request.Destination, cancellationToken)
                : await OfDeadLettersAsync(request, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return StorageFailure.From(e, Phase.Read, StorageRequestKind.Write);
        }
    }

    private async Task<Result<ReplayResponse>> OfBlobAsync(string path, string? destination, CancellationToken cancellationToken)
    {
        var (container, blobName) = path.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? (path[..slash], path[(slash + 1)..])
            : ("", "");
        if (!maker.IsOpen(container))
        {
            return new Failure(FailureKind.ContainerUnknown, Phase.Admit, "'blob' is not CONTAINER/NAME with a container that is open.");
        }

        if (!(await blobs.FindAsync(new BlobTarget(container, blobName), Phase.Read, cancellationToken)).TryGet(out var found, out var failure))
        {
            return failure;
        }

        if (found?.Upload is not { } upload)
        {
            return new Failure(FailureKind.BlobNotFound, Phase.Read, "The blob does not exist, or was not stored by Sluice.");
        }

        var origin = new UploadOrigin(UploadWay.Code);
        var message = new OutboxMessage(destination is null ? MessageKind.Stored : MessageKind.Delivery, time.GetUtcNow())
        {
            Event = maker.Of(new AnnouncedBody(upload, container, blobName, origin), found),
            Destination = destination,
        };
        await queues.Outbox.SendAsync(message.ToJson(), TimeSpan.Zero, cancellationToken);
        return new ReplayResponse(1, 0);
    }

    // The queue has no order and no filter: every message is looked at once.
    private async Task<Result<ReplayResponse>> OfDeadLettersAsync(ReplayQuery request, CancellationToken cancellationToken)
    {
        var (replayed, kept) = (0, new List<QueueMessage>());
        try
        {
            while (replayed + kept.Count < MaxMessages)
            {
                var batch = await queues.DeadLetters.ReceiveAsync(BatchSize, _searchTime, cancellationToken);
                if (batch.Length == 0)
                {
                    break;
                }

                foreach (var letter in batch)
                {
                    if (OutboxMessage.Read(letter.Body) is not { } message || !IsMeant(message, request))
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

    private static bool IsMeant(OutboxMessage message, ReplayQuery request) =>
        message.Event is { } stored
        && (request.Id is null || request.Id == stored.Id)
        && (request.Destination is null || request.Destination.Equals(message.Destination, StringComparison.OrdinalIgnoreCase))
        && (request.From is null || stored.Time >= request.From)
        && (request.Before is null || stored.Time < request.Before);
}
