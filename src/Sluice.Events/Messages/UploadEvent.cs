using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Settings;

namespace Sluice.Events.Messages;

/// <summary>The event of an upload that is not stored, or not yet: CloudEvents 1.0, JSON format. docs/events.md has its schema.</summary>
/// <param name="SpecVersion">Always <c>1.0</c>.</param>
/// <param name="Id">The id of the upload and what happened to it: the same in every repetition of the event.</param>
/// <param name="Source"><c>Sluice:Events:Source</c>.</param>
/// <param name="Type">What happened: <c>sluice.upload.</c> and the type in the settings, in lower case.</param>
/// <param name="Subject">The container and the name of the blob that the upload becomes; null as long as nothing has chosen one.</param>
/// <param name="Time">When it happened.</param>
/// <param name="DataContentType">Always <c>application/json</c>.</param>
/// <param name="Data">The upload.</param>
internal sealed record UploadEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    string Id,
    string Source,
    string Type,
    string? Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    UploadData Data) : ICloudEvent
{
    private const string Prefix = "sluice.upload.";

    private static readonly string[] _types =
        [.. new[] { EventType.Created, EventType.Progress, EventType.Refused, EventType.Expired }.Select(TypeOf)];

    EventType ICloudEvent.TypeName => Enum.Parse<EventType>(Type[Prefix.Length..], ignoreCase: true);

    string? ICloudEvent.Container => Data.Container;

    string? ICloudEvent.Rule => Data.Rule;

    string? ICloudEvent.WebhookSource => Data.Source;

    public BinaryData ToJson() => new(JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Compact.UploadEvent));

    /// <summary>The event of an upload.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="id">Tells it from other events of this upload.</param>
    /// <param name="source"><c>Sluice:Events:Source</c>.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="upload">The upload.</param>
    public static UploadEvent Of(EventType type, string id, string source, DateTimeOffset time, UploadData upload) =>
        new(
            "1.0", id, source, TypeOf(type),
            upload.Container is null ? null : $"{upload.Container}/{upload.Name}", time, "application/json", upload);

    private static string TypeOf(EventType type) => Prefix + type.ToString().ToLowerInvariant();

    /// <summary>Whether it is such an event: a message may come from anywhere.</summary>
    [JsonIgnore]
    public bool IsKnown => Id is not null && Data is { Upload: not null, Kind: not null, Metadata: not null } && _types.Contains(Type);
}
