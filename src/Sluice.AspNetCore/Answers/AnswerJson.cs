using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Answers;

/// <summary>Serialisers made at compile time: no reflection at the first request.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ReceiptBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(PeekReport))]
internal sealed partial class AnswerJson : JsonSerializerContext;
