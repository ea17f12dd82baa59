using System.Text.Json;

namespace Sluice.IntegrationTests.Contract;

/// <summary>References within a document (<c>#/components/headers/ETag</c>).</summary>
internal static class ContractPointer
{
    /// <summary>What an element refers to, or the element itself.</summary>
    public static JsonElement Resolve(JsonElement element, JsonElement document) =>
        element.TryGetProperty("$ref", out var reference)
            ? Resolve(
                reference.GetString()!.Split('/').Skip(1).Aggregate(document, static (at, name) => at.GetProperty(name)), document)
            : element;
}
