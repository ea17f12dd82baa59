using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// Events of stored bodies. They are off as long as there is no destination. The package <c>Sluice.Events</c> delivers them; docs/events.md
/// describes them.
/// </summary>
public sealed class EventOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Events";

    /// <summary>
    /// The queue service that holds what is not delivered yet: <c>https://ACCOUNT.queue.core.windows.net</c>. The app's identity signs in.
    /// The default is null: that of the storage account in <c>Sluice:Blob</c>.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The connection string of that account, instead of <see cref="Endpoint"/>. No default.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The queue for announcements and deliveries. It is created if it does not exist. The default is <c>sluice-events</c>.</summary>
    public string Queue { get; set; } = "sluice-events";

    /// <summary>The queue for what could not be delivered. The default is <c>sluice-events-dead</c>.</summary>
    public string DeadLetterQueue { get; set; } = "sluice-events-dead";

    /// <summary>
    /// The attribute <c>source</c> of the events (CloudEvents 1.0, section 3.1.1): a URI reference that identifies this app. The default is
    /// <c>/sluice</c>.
    /// </summary>
    public string Source { get; set; } = "/sluice";

    /// <summary>
    /// What happens to an upload whose event can't be announced, because the queue is unavailable. The default is
    /// <see cref="AnnouncementRule.Refuse"/>.
    /// </summary>
    public AnnouncementRule WhenUnavailable { get; set; } = AnnouncementRule.Refuse;

    /// <summary>
    /// After which time somebody else takes up what a process that has died left undone: an announcement that it did not confirm, a message
    /// that it was handling. It is the delay of an event in that case. The default is 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan RecoveryTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long after a failed delivery it is tried again; doubled each time up to <see cref="MaxRetryDelay"/>, less a random part of up to
    /// a quarter. The default is 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time between two attempts, whatever <c>Retry-After</c> says. The default is 6 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "6.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// How long a delivery is attempted, before it goes to <see cref="DeadLetterQueue"/>. The default is 3 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How many messages a process handles at the same time. On Azure Functions, host.json decides. The default is 16.</summary>
    [Range(1, 32)]
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// After how many bytes of a resumable upload there is another event of its progress (<see cref="EventType.Progress"/>). The default is
    /// 67108864 (64 MiB).
    /// </summary>
    [Range(1, long.MaxValue)]
    public long ProgressBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Who gets the events, by name. The default is nobody: then nothing is announced, and no queue is used.</summary>
    public IDictionary<string, EventDestinationOptions> Destinations { get; } =
        new Dictionary<string, EventDestinationOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether anybody wants events of a type.</summary>
    internal bool Wants(EventType type) => Destinations.Values.Any(one => one.Wants(type));
}
