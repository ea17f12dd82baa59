using AzureFunctionsRpcMessages;
using System.Text.Json;

namespace Sluice.FunctionsHost.Http;

/// <summary>A function with an HTTP trigger, as the worker describes it.</summary>
/// <param name="Id">The worker's name for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Route">Its route below the prefix.</param>
/// <param name="Methods">In capitals; none for all.</param>
/// <param name="Authorization">Who may call it: Anonymous, Function, and so on.</param>
/// <param name="Parameter">The name of the trigger's binding.</param>
public sealed record HttpFunction(
    string Id, string Name, string Route, IReadOnlyList<string> Methods, string Authorization, string Parameter)
{
    internal static IEnumerable<HttpFunction> Of(IEnumerable<RpcFunctionMetadata> functions) =>
        from function in functions
        from json in function.RawBindings
        let binding = JsonElement.Parse(json)
        where string.Equals(Text(binding, "type"), "httpTrigger", StringComparison.OrdinalIgnoreCase)
        select new HttpFunction(
            function.FunctionId,
            function.Name,
            Text(binding, "route") ?? function.Name,
            binding.TryGetProperty("methods", out var methods)
                ? [.. methods.EnumerateArray().Select(static method => method.GetString()!.ToUpperInvariant())]
                : [],
            Text(binding, "authLevel") ?? "Function",
            Text(binding, "name")!);

    private static string? Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;
}
