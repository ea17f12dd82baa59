using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Policies;

/// <summary>The serialiser of questions and answers, generated at compile time.</summary>
[JsonSerializable(typeof(PolicyQuestion))]
[JsonSerializable(typeof(PolicyAnswer))]
internal sealed partial class PolicyJson : JsonSerializerContext
{
    /// <summary>
    /// An unknown or repeated member of an answer is an error: a misspelt limit would be ignored silently, and of two the wrong one used.
    /// </summary>
    public static PolicyJson Strict { get; } = new(new JsonSerializerOptions
    {
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
