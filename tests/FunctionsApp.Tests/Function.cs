using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp.Tests;

/// <summary>One function, as the worker describes it to the host.</summary>
internal sealed record Function(string Name, MethodInfo Method, string Authorization, ImmutableArray<string> Verbs, string Route)
{
    /// <summary>Every function of the worker's functions.metadata that a request starts.</summary>
    public static IReadOnlyList<Function> All { get; } = [.. Read()];

    /// <summary>What no other function takes: on Sluice.Server that is routing's own 404 or 405.</summary>
    public static Function Unmatched { get; } = All.Single(static function => function.Route == SluiceRoutes.Unmatched);

    /// <summary>All others: each is a route of Sluice.Server too.</summary>
    public static IReadOnlyList<Function> Routes { get; } = [.. All.Where(static function => function != Unmatched)];

    /// <summary>The queues whose messages start a function, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Queues()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(WorkerProcess.Folder, "functions.metadata")));
        return metadata.RootElement.EnumerateArray()
            .Where(static function => Trigger(function, "queueTrigger").ValueKind == JsonValueKind.Object)
            .ToDictionary(
                static function => Text(function, "name"), static function => Text(Trigger(function, "queueTrigger"), "queueName"));
    }

    private static IEnumerable<Function> Read()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(WorkerProcess.Folder, "functions.metadata")));
        foreach (var function in metadata.RootElement.EnumerateArray())
        {
            if (Trigger(function, "httpTrigger") is not { ValueKind: JsonValueKind.Object } trigger)
            {
                continue;
            }

            yield return new(
                Text(function, "name"),
                EntryPoint(Text(function, "entryPoint")),
                Text(trigger, "authLevel"),
                [
                    .. trigger.TryGetProperty("methods", out var verbs)
                        ? verbs.EnumerateArray().Select(static verb => verb.GetString()!.ToUpperInvariant())
                        : []
                ],
                Text(trigger, "route"));
        }
    }

    private static JsonElement Trigger(JsonElement function, string type) =>
        function.GetProperty("bindings").EnumerateArray().SingleOrDefault(binding => Text(binding, "type") == type);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    // A type's name, a dot, and a method's.
    private static MethodInfo EntryPoint(string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        return typeof(Sluice.AzureFunctions.BlobFunctions).Assembly.GetType(entryPoint[..dot], throwOnError: true)!
            .GetMethod(entryPoint[(dot + 1)..])!;
    }
}
