using Sluice.AspNetCore.Results;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events.Replay;

/// <summary>Makes the event of a blob anew, whether it was delivered or not.</summary>
internal sealed class BlobReplay(EventQueues queues, EventMaker maker, BlobReader blobs, TimeProvider time)
{
    /// <summary>Puts it into the outbox.</summary>
    /// <param name="path">The container and the name of the blob.</param>
    /// <param name="destination">Who gets it; null for everybody who wants it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<Result<ReplayResponse>> RunAsync(string path, string? destination, CancellationToken cancellationToken)
    {
        var (container, blobName) = path.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? (path[..slash], path[(slash + 1)..])
            : ("", "");
        if (BlobName.Problem(blobName) is { } problem)
        {
            return new Failure(FailureKind.NameInvalid, Phase.Admit, problem);
        }

        if (!maker.IsOpen(container))
        {
            return new Failure(FailureKind.ContainerUnknown, Phase.Admit, "'blob' is not CONTAINER/NAME with a container that is open.");
        }

        var target = new BlobTarget(container, blobName);
        if (!(await blobs.FindAsync(target, Phase.Read, cancellationToken)).TryGet(out var found, out var failure))
        {
            return failure;
        }

        if (found?.Upload is not { } upload)
        {
            return new Failure(FailureKind.BlobNotFound, Phase.Read, "The blob does not exist, or was not stored by Sluice.");
        }

        var origin = new UploadOrigin(UploadKind.Code);
        var message = new OutboxMessage(destination is null ? MessageKind.Stored : MessageKind.Delivery, time.GetUtcNow())
        {
            Event = maker.Of(new AnnouncedBody(upload, container, blobName, origin), found),
            Destination = destination,
        };
        await queues.Outbox.SendAsync(message.ToJson(), TimeSpan.Zero, cancellationToken);
        return new ReplayResponse(1, 0);
    }
}
