using System.Net.Http.Headers;
using System.Text.Json;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Storage;
using Sluice.Uploads;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// Notifies a service of what was stored. The delivery stays stored whatever the outcome: a failure is logged, counted and added to the
/// receipt. The notification is limited by the target's IdleTimeout and the end of the process, not by whether the sender still waits for
/// its response.
/// </summary>
internal sealed class Notifier(RelayClients clients, BlobClients blobs, UploadPipeline pipeline, Shutdown shutdown, TimeProvider time)
{
    public async ValueTask<DownstreamReceipt> TellAsync(WebhookNotice notice, string source, string delivery, UploadOutcome stored)
    {
        var receipt = stored.Receipt!;
        var id = EventId.Of(source, delivery, stored.Suffix);
        var content = JsonSerializer.SerializeToUtf8Bytes(Event(id, source, delivery, receipt), EventJson.Readable.StoredEvent);
        var client = clients.Find(notice.To.Target)!;
        var sent = await PostAsync(client, notice, id, content);
        var silent = sent.Failure is not null && shutdown.Over.IsCancellationRequested
            ? new Failure(
                FailureKind.ShuttingDown, Phase.Transfer,
                "This instance is shutting down and could not wait for the response to the event (Sluice:Shutdown:GracePeriod).")
            : sent.Failure;
        if (silent is not null)
        {
            pipeline.LogFailure(silent, notice.To.ToString());
        }

        return new DownstreamReceipt(notice.To.Target, sent.TryGet(out var status, out _) ? status : null, silent);
    }

    private StoredEvent Event(string id, string source, string delivery, Receipt receipt) => new(
        "1.0",
        id,
        $"/{SluiceRoutes.Prefix}/hooks/{Uri.EscapeDataString(source)}",
        "sluice.delivery.stored",
        $"{receipt.Container}/{receipt.Name}",
        time.GetUtcNow(),
        "application/json",
        new StoredEventData(
            source,
            delivery,
            blobs.Address(new BlobTarget(receipt.Container, receipt.Name)),
            receipt.Container,
            receipt.Name,
            receipt.Bytes,
            receipt.StoredMediaType,
            receipt.ETag,
            receipt.Digests));

    private async ValueTask<Result<int>> PostAsync(RelayClient client, WebhookNotice notice, string id, byte[] content)
    {
        if (!(await client.AuthorizationAsync(shutdown.Over)).TryGet(out var authorization, out var failure))
        {
            return failure;
        }

        if (!client.Target.TryAddress(notice.To.Path, "", out var address, out var problem))
        {
            return new Failure(FailureKind.PathInvalid, Phase.Open, problem);
        }

        using var limit = new CancellationTokenSource(client.Target.Options.IdleTimeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(shutdown.Over, limit.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content =
                new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents+json") } },
            Version = client.Config.Version!,
            VersionPolicy = client.Config.VersionPolicy!.Value,
        };
        foreach (var (name, value) in notice.Signer.Sign(id, time.GetUtcNow(), content))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        RelayHeaders.Add(request, client.Target.Options, authorization);
        try
        {
            using var answer = await client.Invoker.SendAsync(request, ends.Token);
            return (int)answer.StatusCode is >= 200 and < 300 and var status
                ? status
                : new Failure(
                    FailureKind.DownstreamRefused, Phase.Transfer,
                    $"The target '{client.Target.Name}' returned {(int)answer.StatusCode} for the event.")
                { DownstreamStatus = (int)answer.StatusCode };
        }
        catch (Exception e)
        {
            // Whatever the exception: the delivery is stored, and the sender is told so.
            return limit.IsCancellationRequested
                ? new Failure(
                    FailureKind.DownstreamStalled, Phase.Transfer,
                    $"The target '{client.Target.Name}' did not respond to the event within its IdleTimeout.")
                : shutdown.Over.IsCancellationRequested
                    ? new Failure(
                        FailureKind.ShuttingDown, Phase.Transfer,
                        $"This instance stopped before the target '{client.Target.Name}' had responded to the event.")
                    : ForwarderFailure.From(e, client.Target);
        }
    }
}
