using Sluice.AspNetCore.Relay;
using Sluice.Events.Messages;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Events.Destinations;

/// <summary>Relays a stored body from its blob, as a stream, with the headers that its client sent.</summary>
internal sealed class LaterRelay(RelayClients clients, BlobClients containers, BlobReader blobs, TimeProvider time) : IEventReceiver
{
    private const int Gone = 410;

    public async Task<DeliveryResult> DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken)
    {
        var (request, body) = (delivery.PassOn!, delivery.Event!.Data);
        var to = request.To[0];
        var client = clients.Find(to.Target)!;
        if (!containers.Has(body.Container))
        {
            return DeliveryResult.Failed($"'{body.Container}' is not a configured container any more (Sluice:Blob:Containers).");
        }

        if (!client.Target.TryAddress(to.Path, request.Query, out var address, out var problem))
        {
            return DeliveryResult.Failed(problem);
        }

        if (!(await client.AuthorizationAsync(cancellationToken)).TryGet(out var authorization, out var failure)
            || !(await OpenAsync(body, cancellationToken)).TryGet(out var content, out failure))
        {
            return failure.Kind is FailureKind.PreconditionFailed or FailureKind.BlobNotFound
                ? DeliveryResult.Lost("The blob was overwritten or deleted before it could be passed on.")
                : DeliveryResult.Failed(failure.Detail);
        }

        using var idle = new CancellationTokenSource(client.Target.Options.IdleTimeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        await using var watched = new WatchedStream(content, () => idle.CancelAfter(client.Target.Options.IdleTimeout));
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address)
        {
            Content = new StreamContent(watched) { Headers = { ContentLength = body.Bytes } },
            Version = client.Config.Version!,
            VersionPolicy = client.Config.VersionPolicy!.Value,
        };
        RelayHeaders.AddKept(message, request.Headers, client.Target.Options);
        RelayHeaders.AddKey(message, delivery.Event.Id);
        RelayHeaders.Add(message, client.Target.Options, authorization);
        using var answer = await client.Invoker.SendAsync(message, ends.Token);
        return (int)answer.StatusCode switch
        {
            >= 200 and < 300 => DeliveryResult.Delivered,
            // Of this one path: other bodies may have others.
            Gone => DeliveryResult.Lost($"The target '{to.Target}' returned 410."),
            var status => DeliveryResult.Failed($"The target '{to.Target}' returned {status}.", RetryAfterField.Of(answer, time), status),
        };
    }

    // Exactly the version that was announced.
    private async ValueTask<Result<Stream>> OpenAsync(StoredBody body, CancellationToken cancellationToken) => body.Bytes == 0
        ? Stream.Null
        : await blobs.OpenPartAsync(new BlobTarget(body.Container, body.Name), body.ETag, 0, body.Bytes, cancellationToken);
}
