using AzureFunctionsRpcMessages;
using Sluice.FunctionsHost.Protocol;

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
        TriggerBinding.Of(functions, "httpTrigger").Select(static binding => new HttpFunction(
            binding.Function.FunctionId,
            binding.Function.Name,
            binding.Text("route") ?? binding.Function.Name,
            binding.Json.TryGetProperty("methods", out var methods)
                ? [.. methods.EnumerateArray().Select(static method => method.GetString()!.ToUpperInvariant())]
                : [],
            binding.Text("authLevel") ?? "Function",
            binding.Text("name")!));
}
