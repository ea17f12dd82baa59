using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;
using Sluice.Events.Diagnostics;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.Events.Outbox;

/// <summary>
/// Puts the events of uploads that are not stored, or not yet, into the outbox. No upload waits for them, and none fails because of them:
/// one whose process dies at this moment is lost.
/// </summary>
/// <param name="options">The settings.</param>
/// <param name="outbox">Opens the outbox. Not called where nobody wants such events.</param>
/// <param name="settlements">What is said after a request.</param>
/// <param name="logger">The log.</param>
internal sealed class UploadEvents(
    IOptions<EventOptions> options, Func<OutboxWriter> outbox, Settlements settlements, ILogger<UploadEvents> logger) : IUploadListener
{
    // Refusals cost their clients little, and the queue may be slow.
    private const int MaxWaiting = 1000;

    private readonly EventOptions _options = options.Value;
    private int _waiting;

    public void Created(UploadNote upload, DateTimeOffset expires)
    {
        if (_options.Wants(EventType.Created))
        {
            Tell(EventType.Created, upload, writer => writer.CreatedAsync(upload, expires));
        }

        if (_options.Wants(EventType.Expired))
        {
            Tell(EventType.Expired, upload, writer => writer.ExpectAsync(upload, expires));
        }
    }

    public void Advanced(UploadNote upload, long before, long offset)
    {
        if (_options.Wants(EventType.Progress) && offset / _options.ProgressBytes > before / _options.ProgressBytes)
        {
            Tell(EventType.Progress, upload, writer => writer.AdvancedAsync(upload, offset));
        }
    }

    public void Failed(UploadNote upload, Failure failure)
    {
        if (_options.Wants(EventType.Refused) && upload.Origin.Kind != UploadKind.Relay && IsRefusal(failure.Kind))
        {
            Tell(EventType.Refused, upload, writer => writer.RefusedAsync(upload, failure));
        }
    }

    // A decision about this body, which its client was told. Not a broken connection, not a misunderstanding between a client and its
    // upload, and nothing that strangers could cause as often as they like.
    private static bool IsRefusal(FailureKind kind) => kind is
        FailureKind.NameInvalid or FailureKind.HeaderInvalid or FailureKind.FormInvalid or FailureKind.DigestMismatch
        or FailureKind.UploadLengthInconsistent or FailureKind.RightMissing or FailureKind.RouteRefused or FailureKind.ContainerUnknown
        or FailureKind.NoRoute or FailureKind.PreconditionFailed or FailureKind.BodyTooLarge or FailureKind.UploadExhausted
        or FailureKind.MediaTypeRefused or FailureKind.NameUnavailable or FailureKind.QuotaExceeded;

    private void Tell(EventType type, UploadNote upload, Func<OutboxWriter, Task> tell)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            logger.NotSent(null, type, upload.Id);
            return;
        }

        settlements.Run(
            async () =>
            {
                try
                {
                    await tell(outbox());
                }
                catch (Exception e)
                {
                    logger.NotSent(LogException.Of(e), type, upload.Id);
                }
                finally
                {
                    Interlocked.Decrement(ref _waiting);
                }
            },
            confirms: true);
    }
}
