using Sluice.Settings;

namespace Sluice.Events.Messages;

/// <summary>An event of any type: CloudEvents 1.0, JSON format. docs/events.md has the schemas.</summary>
internal interface ICloudEvent
{
    /// <summary>Its id: the same in every repetition of the event.</summary>
    string Id { get; }

    /// <summary>When it happened.</summary>
    DateTimeOffset Time { get; }

    /// <summary>Its type, as the settings name it.</summary>
    EventType TypeName { get; }

    /// <summary>The container that it is about, as clients name it; null if none was chosen.</summary>
    string? Container { get; }

    /// <summary>The rule that chose the blob; null if none did.</summary>
    string? Rule { get; }

    /// <summary>The source of webhooks that it comes from; null for anything else.</summary>
    string? WebhookSource { get; }

    /// <summary>Writes it in the JSON format of CloudEvents.</summary>
    BinaryData ToJson();
}
