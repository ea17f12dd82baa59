using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Events.Messages;

/// <summary>How messages and events are written. Generated code: nothing is found by reflection at the first event.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(BlobStoredEvent))]
[JsonSerializable(typeof(UploadEvent))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    /// <summary>
    /// Without escapes that JSON does not need: six characters for one could make the message of a blob with much metadata too large
    /// (<see cref="Outbox.EventQueue.MaxBytes"/>).
    /// </summary>
    public static MessageJson Compact { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });
}
