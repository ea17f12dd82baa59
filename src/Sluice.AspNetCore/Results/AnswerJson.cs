using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Results;

/// <summary>Serialisers made at compile time: no reflection at the first request.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReceiptBody))]
[JsonSerializable(typeof(DuplicateBody))]
[JsonSerializable(typeof(FormBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(PeekReport))]
[JsonSerializable(typeof(HealthBody))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>Quotes and plus signs as themselves: the answers are read by people, and never put into a page.</summary>
    public static AnswerJson Readable { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    });
}
