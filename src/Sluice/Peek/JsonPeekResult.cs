using System.Text;
using System.Text.Json;

namespace Sluice.Peek;

/// <summary>The value that a pointer points to.</summary>
/// <param name="Status">Whether it was found.</param>
/// <param name="Kind">Its kind; <see cref="JsonValueKind.Undefined"/> if nothing was found.</param>
/// <param name="Text">
/// For a string, its text; for a number, <c>true</c>, <c>false</c> or <c>null</c>, the text as written; null for objects and arrays.
/// </param>
internal readonly record struct JsonPeekResult(JsonPeekStatus Status, JsonValueKind Kind = JsonValueKind.Undefined, string? Text = null)
{
    /// <summary>The value at a reader's current position.</summary>
    /// <exception cref="InvalidOperationException">It is a string that is not valid Unicode.</exception>
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
