using System.Text.Json;
using Sluice.FunctionsHost.Queues;

namespace Sluice.FunctionsHost.Workers;

/// <summary>What the published folder says about itself: worker.config.json and host.json.</summary>
/// <param name="WorkerPath">The program that dotnet is to run.</param>
/// <param name="RoutePrefix">What the routes of all functions begin with.</param>
/// <param name="FunctionTimeout">How long an invocation may take.</param>
/// <param name="Queues">How queues are listened to.</param>
internal sealed record WorkerConfig(string WorkerPath, string RoutePrefix, TimeSpan FunctionTimeout, QueueOptions Queues)
{
    private static readonly JsonDocumentOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static WorkerConfig Read(string folder)
    {
        var worker = Json(folder, "worker.config.json").GetProperty("description");
        var host = Json(folder, "host.json");
        return new WorkerConfig(
            Path.Combine(folder, worker.GetProperty("defaultWorkerPath").GetString()!),
            Text(host, "extensions", "http", "routePrefix") ?? "api",
            Text(host, "functionTimeout") is { } timeout
                ? TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture)
                : TimeSpan.FromMinutes(30),
            QueueOptions.Read(host));
    }

    private static JsonElement Json(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new FileNotFoundException("This is no published function app: publish it first.", path);
        using var document = JsonDocument.Parse(File.ReadAllBytes(path), _lenient);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (!element.TryGetProperty(name, out element))
                return null;
        }
        return element.GetString();
    }
}
