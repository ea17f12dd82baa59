using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events.Outbox;

/// <summary>
/// Announces commits in the outbox:
/// <code>
/// announce (invisible) ---> commit ---> confirm: replaced by the event, and visible at once
///                             |
///                             \--> the process dies: it becomes visible by itself, and its reader asks the blob whose upload it is
/// </code>
/// </summary>
/// <param name="options">The settings.</param>
/// <param name="outbox">Opens the outbox. Not called where nobody wants events: then no code of the queues is loaded.</param>
/// <param name="settlements">What is said after an upload.</param>
/// <param name="logger">The log.</param>
internal sealed class QueueAnnouncer(
    IOptions<EventOptions> options, Func<OutboxWriter> outbox, Settlements settlements, ILogger<QueueAnnouncer> logger) : ICommitAnnouncer
{
    private readonly bool _isOn = options.Value.Wants(EventType.Stored);

    public ICommitAnnouncement? Prepare(BlobWrite write) =>
        _isOn || write.Origin.PassOn is not null ? new Announcement(write, outbox(), settlements, logger) : null;
}
