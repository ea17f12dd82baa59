using Microsoft.Extensions.Options;
using Sluice.Digests;
using Sluice.Events.Messages;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Events.Outbox;

/// <summary>The requests by which announcements are made, confirmed and withdrawn, and uploads told.</summary>
internal sealed class OutboxWriter(EventQueues queues, EventMaker maker, IOptions<EventOptions> options, TimeProvider time)
{
    // For requests that began before the end.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    // https://learn.microsoft.com/rest/api/storageservices/put-message: visibilitytimeout.
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(7);

    /// <summary>What happens to an upload that can't be announced.</summary>
    public AnnouncementRule WhenUnavailable => options.Value.WhenUnavailable;

    /// <summary>Announces a commit.</summary>
    public async Task<SentMessage> AnnounceAsync(BlobWrite write)
    {
        var at = time.GetTimestamp();
        var message = new OutboxMessage(MessageKind.Announced, time.GetUtcNow()) { Announced = EventMaker.Announce(write) };
        var sent = await queues.Outbox.SendAsync(message.ToJson(), options.Value.RecoveryTime, default);
        return new SentMessage(sent.MessageId, sent.PopReceipt, at);
    }

    /// <summary>Whether an announcement might become visible before a commit that begins now has happened.</summary>
    public bool IsOld(SentMessage sent) => time.GetElapsedTime(sent.At) > options.Value.RecoveryTime / 2;

    /// <summary>The message that replaces an announcement once the commit has happened.</summary>
    public OutboxMessage Confirmation(BlobWrite write, Committed committed, long bytes, IReadOnlyList<Digest> digests) =>
        new(MessageKind.Stored, time.GetUtcNow())
        {
            Event = maker.Of(write, committed, bytes, digests),
            PassOn = write.Origin.PassOn,
        };

    /// <summary>Replaces an announcement.</summary>
    public Task ConfirmAsync(SentMessage sent, OutboxMessage confirmation) =>
        queues.Outbox.ReplaceAsync(sent.Id, sent.PopReceipt, confirmation.ToJson(), default);

    /// <summary>Removes an announcement.</summary>
    public Task WithdrawAsync(SentMessage sent) => queues.Outbox.DeleteAsync(sent.Id, sent.PopReceipt, default);

    /// <summary>Tells that a resumable upload was created.</summary>
    public Task CreatedAsync(UploadNote upload, DateTimeOffset expires) =>
        TellAsync(maker.Of(EventType.Created, upload, time.GetUtcNow(), data => data with { Offset = 0, Expires = expires }));

    /// <summary>Tells how much of a resumable upload is stored.</summary>
    public Task AdvancedAsync(UploadNote upload, long offset) =>
        TellAsync(maker.Of(EventType.Progress, upload, time.GetUtcNow(), data => data with { Offset = offset }));

    /// <summary>Tells that an upload was refused.</summary>
    public Task RefusedAsync(UploadNote upload, Failure failure) =>
        TellAsync(maker.Of(EventType.Refused, upload, time.GetUtcNow(), data => data with { Problem = UploadProblem.Of(failure) }));

    /// <summary>Puts a resumable upload into the outbox, to be looked at when it has expired.</summary>
    public Task ExpectAsync(UploadNote upload, DateTimeOffset expires)
    {
        var expired = maker.Of(EventType.Expired, upload, expires, static data => data);
        var left = expires + _patience - time.GetUtcNow();
        return queues.Outbox.SendAsync(
            new OutboxMessage(MessageKind.Expiry, expires) { Upload = expired }.ToJson(),
            left < _longestWait ? left : _longestWait, default);
    }

    private async Task TellAsync(UploadEvent told) => await queues.Outbox.SendAsync(
        new OutboxMessage(MessageKind.Upload, told.Time) { Upload = told }.ToJson(), TimeSpan.Zero, default);
}
