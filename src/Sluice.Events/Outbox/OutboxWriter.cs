using Microsoft.Extensions.Options;
using Sluice.Digests;
using Sluice.Events.Messages;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events.Outbox;

/// <summary>The requests by which announcements are made, confirmed and withdrawn.</summary>
internal sealed class OutboxWriter(EventQueues queues, EventMaker maker, IOptions<EventOptions> options, TimeProvider time)
{
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
}
