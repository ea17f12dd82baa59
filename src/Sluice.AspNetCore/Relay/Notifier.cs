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
internal sealed class Notifier(EventPost post, BlobClients blobs, UploadPipeline pipeline, Shutdown shutdown, TimeProvider time)
{
    public async ValueTask<DownstreamReceipt> TellAsync(WebhookNotice notice, string source, string delivery, UploadOutcome stored)
    {
        var receipt = stored.Receipt!;
        var id = EventId.Of(source, delivery, stored.Suffix);
        var content = JsonSerializer.SerializeToUtf8Bytes(Event(id, source, delivery, receipt), EventJson.Readable.StoredEvent);
        var sent = await PostAsync(notice, id, content);
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

    // Whatever went wrong: the delivery is stored, and the sender is told so.
    private async ValueTask<Result<int>> PostAsync(WebhookNotice notice, string id, byte[] content) =>
        !(await post.SendAsync(notice.To, notice.Signer, id, content)).TryGet(out var answer, out var failure) ? failure
        : answer.IsSuccess ? answer.Status
        : new Failure(
            FailureKind.DownstreamRefused, Phase.Transfer, $"The target '{notice.To.Target}' returned {answer.Status} for the event.")
        { DownstreamStatus = answer.Status };
}
