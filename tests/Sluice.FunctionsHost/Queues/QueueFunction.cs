using AzureFunctionsRpcMessages;
using Sluice.FunctionsHost.Protocol;

namespace Sluice.FunctionsHost.Queues;

/// <summary>A function with a queue trigger, as the worker describes it.</summary>
/// <param name="Id">The worker's name for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Queue">The name of its queue, perhaps with <c>%setting%</c>.</param>
/// <param name="Connection">The setting that says where the queue is, perhaps with <c>%setting%</c>; empty for the app's account.</param>
/// <param name="Parameter">The name of the trigger's binding.</param>
/// <param name="TakesText">Whether its parameter is a string, or made of one by the worker.</param>
public sealed record QueueFunction(string Id, string Name, string Queue, string Connection, string Parameter, bool TakesText)
{
    internal static IEnumerable<QueueFunction> Of(IEnumerable<RpcFunctionMetadata> functions) =>
        TriggerBinding.Of(functions, "queueTrigger").Select(static binding => new QueueFunction(
            binding.Function.FunctionId,
            binding.Function.Name,
            binding.Text("queueName")!,
            binding.Text("connection") ?? "",
            binding.Text("name")!,
            !IsDeferred(binding)));

    // Set for a QueueMessage and BinaryData, of which the host sends all fields and not the text.
    private static bool IsDeferred(TriggerBinding binding) =>
        binding.Json.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("supportsDeferredBinding", out var deferred)
        && string.Equals($"{deferred}", "true", StringComparison.OrdinalIgnoreCase);
}
