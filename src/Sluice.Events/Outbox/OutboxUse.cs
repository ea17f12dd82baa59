using Microsoft.Extensions.Options;
using Sluice.Settings;

namespace Sluice.Events.Outbox;

/// <summary>Whether the settings use the outbox, and how. Where they don't, no code of the queues is loaded.</summary>
internal sealed class OutboxUse(IOptions<EventOptions> events, IOptions<List<RouteOptions>> routes, IOptions<WebhookOptions> hooks)
{
    /// <summary>Whether anybody gets events, or stored bodies later.</summary>
    public bool IsOn { get; } = EventUse.IsOn(events.Value, routes.Value, hooks.Value);

    /// <summary>How many messages are handled at once.</summary>
    public int Concurrency => events.Value.Concurrency;

    /// <summary>After which time a message whose reader has died is read again.</summary>
    public TimeSpan RecoveryTime => events.Value.RecoveryTime;

    /// <summary>The name of its queue.</summary>
    public string Queue => events.Value.Queue;
}
