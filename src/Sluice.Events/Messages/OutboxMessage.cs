using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Downstream;

namespace Sluice.Events.Messages;

/// <summary>A message of the outbox, and of the dead-letter queue.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Since">When the first message of this kind about this body was written: how old it is, however often it was tried.</param>
internal sealed record OutboxMessage(MessageKind Kind, DateTimeOffset Since)
{
    /// <summary>The body, if its commit may not have happened.</summary>
    public AnnouncedBody? Announced { get; init; }

    /// <summary>The event of a stored body, if its commit has happened.</summary>
    public BlobStoredEvent? Event { get; init; }

    /// <summary>The event of an upload that is not stored, or not yet.</summary>
    public UploadEvent? Upload { get; init; }

    /// <summary>The event; null if there is none yet.</summary>
    [JsonIgnore]
    public ICloudEvent? Told => (ICloudEvent?)Event ?? Upload;

    /// <summary>The request by which services get the body; null if none does.</summary>
    public RelayRequest? PassOn { get; init; }

    /// <summary>Whom it is for; null for everybody.</summary>
    public string? Destination { get; init; }

    /// <summary>How often it was tried in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Reason { get; init; }

    /// <summary>Writes it as JSON.</summary>
    public BinaryData ToJson() => new(JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Compact.OutboxMessage));

    /// <summary>Reads it; null if it is none of ours.</summary>
    public static OutboxMessage? Read(BinaryData json)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json.ToMemory().Span, MessageJson.Compact.OutboxMessage);
            var isWhole = read is { Upload: null or { IsKnown: true } } && read.Kind switch
            {
                MessageKind.Announced => read.Announced is not null,
                MessageKind.Stored => read.Event is not null,
                MessageKind.Upload or MessageKind.Expiry => read.Upload is not null,
                _ => read.Told is not null,
            };
            return isWhole ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
