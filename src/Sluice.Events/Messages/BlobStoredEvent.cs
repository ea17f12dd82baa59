using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Settings;

namespace Sluice.Events.Messages;

/// <summary>The event of a stored body: CloudEvents 1.0, JSON format. docs/events.md has its schema.</summary>
/// <param name="SpecVersion">Always <c>1.0</c>.</param>
/// <param name="Id">The id of the upload, as 32 hex digits: the same in every repetition of the event.</param>
/// <param name="Source"><c>Sluice:Events:Source</c>.</param>
/// <param name="Type">Always <see cref="BlobStored"/>.</param>
/// <param name="Subject">The container and the name of the blob.</param>
/// <param name="Time">When storage committed the blob.</param>
/// <param name="DataContentType">Always <c>application/json</c>.</param>
/// <param name="Data">The body.</param>
internal sealed record BlobStoredEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    StoredBody Data) : ICloudEvent
{
    /// <summary>The type of the event.</summary>
    public const string BlobStored = "sluice.blob.stored";

    EventType ICloudEvent.TypeName => EventType.Stored;

    string ICloudEvent.Container => Data.Container;

    string? ICloudEvent.Rule => Data.Rule;

    string? ICloudEvent.WebhookSource => Data.Source;

    public BinaryData ToJson() => new(JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Compact.BlobStoredEvent));

    /// <summary>The event of a body.</summary>
    public static BlobStoredEvent Of(string id, string source, DateTimeOffset time, StoredBody body) =>
        new("1.0", id, source, BlobStored, $"{body.Container}/{body.Name}", time, "application/json", body);
}
