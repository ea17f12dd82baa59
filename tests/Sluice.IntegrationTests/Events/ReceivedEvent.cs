using System.Text.Json;

namespace Sluice.IntegrationTests.Events;

/// <summary>An event as a destination got it.</summary>
/// <param name="Json">The event.</param>
/// <param name="Headers">The headers that came with it; none from a queue.</param>
/// <param name="At">When.</param>
internal sealed record ReceivedEvent(JsonElement Json, IReadOnlyDictionary<string, string> Headers, TimeSpan At)
{
    /// <summary>Its id.</summary>
    public string Id => Json.GetProperty("id").GetString()!;

    /// <summary>Its type.</summary>
    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>The container and the name of the blob; empty if the event has none.</summary>
    public string Subject => Json.TryGetProperty("subject", out var subject) ? subject.GetString()! : "";

    /// <summary>The body that it is about.</summary>
    public JsonElement Data => Json.GetProperty("data");
}
