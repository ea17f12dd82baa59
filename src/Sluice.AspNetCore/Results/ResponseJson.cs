using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Results;

/// <summary>Serialisers generated at compile time: no reflection at the first request.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReceiptResponse))]
[JsonSerializable(typeof(DuplicateResponse))]
[JsonSerializable(typeof(FormResponse))]
[JsonSerializable(typeof(ListResponse))]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(PeekReport))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ReplayResponse))]
internal sealed partial class ResponseJson : JsonSerializerContext
{
    /// <summary>Quotes and plus signs are not escaped: people read the responses. A page that embeds one encodes it.</summary>
    public static ResponseJson Readable { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    });
}
