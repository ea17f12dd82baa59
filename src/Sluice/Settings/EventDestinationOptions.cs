using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// One receiver of events (<c>Sluice:Events:Destinations:{name}</c>): exactly one of <see cref="Target"/>, <see cref="Queue"/> and
/// <see cref="EventGrid"/>.
/// </summary>
public sealed class EventDestinationOptions
{
    /// <summary>
    /// A service, one of <c>Sluice:Relay:Targets</c>: each event is a POST of <c>application/cloudevents+json</c>. A status of 2xx means
    /// delivered; 410 switches the destination off. No default.
    /// </summary>
    public string? Target { get; set; }

    /// <summary>The path below the target's own, not encoded. The default is the target's own path.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// The secret that signs the events for a <see cref="Target"/> (Standard Webhooks): <c>whsec_</c> and 24 to 64 bytes in base64. The
    /// default is null: they are not signed.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>
    /// A queue in the storage account of <c>Sluice:Events</c>: each event is a message, in base64, as Azure Functions reads it. It is
    /// created if it does not exist. No default.
    /// </summary>
    public string? Queue { get; set; }

    /// <summary>
    /// The endpoint of an Event Grid topic with the CloudEvents schema: <c>https://TOPIC.REGION-1.eventgrid.azure.net/api/events</c>. The
    /// app's identity signs in, or <see cref="Key"/>. No default.
    /// </summary>
    public Uri? EventGrid { get; set; }

    /// <summary>The access key of the Event Grid topic. The default is null: the app's identity signs in.</summary>
    public string? Key { get; set; }

    /// <summary>Which events it gets. Empty, the default, means <see cref="EventType.Stored"/> only.</summary>
    public IList<EventType> Types { get; } = [];

    /// <summary>Which containers' events it gets. Empty, the default, means all.</summary>
    public IList<string> Containers { get; } = [];

    /// <summary>The rules (<c>Sluice:Routes:n:Name</c>) whose bodies' events it gets. Empty, the default, means all bodies.</summary>
    public IList<string> Rules { get; } = [];

    /// <summary>The sources of webhooks whose deliveries' events it gets. Empty, the default, means all bodies.</summary>
    public IList<string> Sources { get; } = [];

    /// <summary>How many events it gets in a second at most, from each process. The default is null: no limit.</summary>
    [Range(1, 100_000)]
    public int? MaxPerSecond { get; set; }

    /// <summary>Whether it gets events. Those that wait for it when it is switched off go to the dead-letter queue. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether it gets events of a type.</summary>
    internal bool Wants(EventType type) => Types.Count == 0 ? type == EventType.Stored : Types.Contains(type);
}
