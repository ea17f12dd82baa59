using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// A CloudEvent that describes what was stored (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
/// </summary>
internal sealed record StoredEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    StoredEventData Data);
