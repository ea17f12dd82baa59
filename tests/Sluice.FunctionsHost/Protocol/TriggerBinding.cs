using System.Text.Json;
using AzureFunctionsRpcMessages;

namespace Sluice.FunctionsHost.Protocol;

/// <summary>What starts a function, as the worker describes it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Json">Its binding of that type.</param>
internal sealed record TriggerBinding(RpcFunctionMetadata Function, JsonElement Json)
{
    /// <summary>The functions that have a trigger of this type.</summary>
    public static IEnumerable<TriggerBinding> Of(IEnumerable<RpcFunctionMetadata> functions, string type) =>
        from function in functions
        from json in function.RawBindings
        let binding = new TriggerBinding(function, JsonElement.Parse(json))
        where string.Equals(binding.Text("type"), type, StringComparison.OrdinalIgnoreCase)
        select binding;

    /// <summary>A property of the binding; null if it has none.</summary>
    public string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
