using System.Text.Json;
using Sluice.Downstream;

namespace Sluice.Events.Messages;

/// <summary>A message of the outbox, and of the dead-letter queue.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Since">When the first message of this kind about this body was written: how old it is, however often it was tried.</param>
internal sealed record OutboxMessage(MessageKind Kind, DateTimeOffset Since)
{
    /// <summary>The body, if its commit may not have happened.</summary>
    public AnnouncedBody? Announced { get; init; }

    /// <summary>The event, if its commit has happened.</summary>
    public BlobStoredEvent? Event { get; init; }

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
            return read is { Kind: MessageKind.Announced, Announced: null } or { Kind: not MessageKind.Announced, Event: null }
                ? null
                : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
