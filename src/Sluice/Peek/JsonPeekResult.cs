using System.Text;
using System.Text.Json;

namespace Sluice.Peek;

/// <summary>What was found where a pointer points to.</summary>
/// <param name="Status">Whether something was.</param>
/// <param name="Kind">What it is; <see cref="JsonValueKind.Undefined"/> if nothing was found.</param>
/// <param name="Text">
/// Of a string its text; of a number, <c>true</c>, <c>false</c> or <c>null</c> what is written; null for objects and arrays.
/// </param>
internal readonly record struct JsonPeekResult(JsonPeekStatus Status, JsonValueKind Kind = JsonValueKind.Undefined, string? Text = null)
{
    /// <summary>The value that a reader stands at.</summary>
    /// <exception cref="InvalidOperationException">It is a string that is no Unicode.</exception>
    public static JsonPeekResult At(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => new(JsonPeekStatus.Found, JsonValueKind.Object),
        JsonTokenType.StartArray => new(JsonPeekStatus.Found, JsonValueKind.Array),
        JsonTokenType.String => new(JsonPeekStatus.Found, JsonValueKind.String, reader.GetString()),
        JsonTokenType.Number => new(JsonPeekStatus.Found, JsonValueKind.Number, Written(ref reader)),
        JsonTokenType.True => new(JsonPeekStatus.Found, JsonValueKind.True, "true"),
        JsonTokenType.False => new(JsonPeekStatus.Found, JsonValueKind.False, "false"),
        _ => new(JsonPeekStatus.Found, JsonValueKind.Null, "null"),
    };

    private static string Written(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? Encoding.ASCII.GetString(reader.ValueSequence) : Encoding.ASCII.GetString(reader.ValueSpan);
}
