using Sluice.AspNetCore.Results;
using Sluice.Events.Destinations;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Events.Replay;

/// <summary>Delivers again: what is in the dead-letter queue, or the event of a blob.</summary>
internal sealed class EventReplay(
    EventDestinations destinations, DestinationSwitches switches, DeadLetterReplay letters, BlobReplay blobs) : IEventReplay
{
    public bool IsOn => true;

    public async ValueTask<Result<ReplayResponse>> RunAsync(ReplayQuery query, CancellationToken cancellationToken)
    {
        if (query.Destination is { } name && destinations.Find(name) is null)
        {
            return new Failure(FailureKind.TargetUnknown, Phase.Admit, "No destination has this name (Sluice:Events:Destinations).");
        }

        if (query is { Blob: not null, Destination: { } relay } && EventDestinations.IsRelay(relay))
        {
            return new Failure(
                FailureKind.QueryInvalid, Phase.Admit, "A body can be passed on again only by its dead letter: leave out 'blob'.");
        }

        try
        {
            if (query.Destination is not null)
            {
                await switches.SwitchAsync(query.Destination, on: true, cancellationToken);
            }

            return query.Blob is { } blob
                ? await blobs.RunAsync(blob, query.Destination, cancellationToken)
                : await letters.RunAsync(query, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return StorageFailure.From(e, Phase.Read, StorageRequestKind.Write);
        }
    }
}
