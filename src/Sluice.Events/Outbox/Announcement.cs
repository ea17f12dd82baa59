using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Events.Diagnostics;
using Sluice.Events.Messages;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events.Outbox;

/// <summary>The announcement of one commit: a message that nobody sees for a while.</summary>
internal sealed class Announcement(BlobWrite write, OutboxWriter outbox, Settlements settlements, ILogger logger)
    : ICommitAnnouncement
{
    private Task<SentMessage>? _sending;

    public void Begin() => _sending ??= outbox.AnnounceAsync(write);

    public async ValueTask<Failure?> AnnounceAsync(CancellationToken cancellationToken)
    {
        try
        {
            Begin();
            if (outbox.IsOld(await _sending!.WaitAsync(cancellationToken)))
            {
                Withdraw();
                Begin();
                await _sending!.WaitAsync(cancellationToken);
            }

            return null;
        }
        catch (Exception e)
        {
            return Unannounced(e);
        }
    }

    public void Confirm(Committed committed, long bytes, IReadOnlyList<Digest> digests)
    {
        // Null, or faulted: the upload was let pass without an announcement.
        if (_sending is { IsCompletedSuccessfully: true } sent)
        {
            var confirmation = outbox.Confirmation(write, committed, bytes, digests);
            settlements.Run(async () => await outbox.ConfirmAsync(await sent, await WithoutAttemptAsync(confirmation)), confirms: true);
        }
    }

    // A service that has the body by now does not get it later.
    private async ValueTask<OutboxMessage> WithoutAttemptAsync(OutboxMessage confirmation)
    {
        if (write.FirstAttempt is not { } attempt || !await attempt.Succeeded)
        {
            return confirmation;
        }

        // It is the last one (Destination.Later).
        RelayPath[] others = [.. confirmation.PassOn!.To.SkipLast(1)];
        return confirmation with { PassOn = others.Length == 0 ? null : confirmation.PassOn with { To = others } };
    }

    public void Withdraw()
    {
        if (_sending is { IsFaulted: false } sending)
        {
            settlements.Run(async () => await outbox.WithdrawAsync(await sending), confirms: false);
        }

        _sending = null;
    }

    private Failure? Unannounced(Exception e)
    {
        if (outbox.WhenUnavailable == AnnouncementRule.Accept)
        {
            logger.Lost(LogException.Of(e), write.Target.Container, write.Target.Name);
            return null;
        }

        var cause = StorageFailure.From(e, Phase.Seal, StorageRequestKind.Write);
        return new Failure(
            FailureKind.EventUnannounced, Phase.Seal,
            "The queue for events is unavailable (Sluice:Events), so nothing was stored. Retry later.")
        {
            StorageErrorCode = cause.StorageErrorCode,
            RetryAfter = cause.RetryAfter,
            IsRefusal = true,
        };
    }
}
