using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.AspNetCore.Results;

namespace Sluice.AspNetCore.Relay;

/// <summary>The serialiser of events, generated at compile time. Events are written like responses.</summary>
[JsonSerializable(typeof(StoredEvent))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <inheritdoc cref="ResponseJson.Readable"/>
    public static EventJson Readable { get; } = new(new JsonSerializerOptions(ResponseJson.Readable.Options) { TypeInfoResolver = null });
}
