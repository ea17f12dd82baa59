using System.Text.Json.Serialization;

namespace Sluice.Events.Messages;

/// <summary>How messages and events are written. Generated code: nothing is found by reflection at the first event.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(BlobStoredEvent))]
internal sealed partial class MessageJson : JsonSerializerContext;
