using System.Text.Json;
using AzureFunctionsRpcMessages;
using Azure.Storage.Queues.Models;
using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Workers;

namespace Sluice.FunctionsHost.Queues;

/// <summary>
/// A message as an invocation. What the worker is sent is as in QueueTriggerBinding in
/// https://github.com/Azure/azure-sdk-for-net/tree/main/sdk/storage/Microsoft.Azure.WebJobs.Extensions.Storage.Queues, and
/// WorkerFunctionInvoker and GrpcMessageConversionExtensions in https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class QueueInvocations(WorkerSupervisor workers, TimeSpan timeout, HostLogs logs)
{
    /// <summary>Invokes the function, once there is a worker.</summary>
    /// <returns>Whether it ended well.</returns>
    public async Task<bool> RunAsync(QueueFunction function, QueueMessage message, string text, CancellationToken cancellationToken)
    {
        var worker = await workers.ReadyAsync(cancellationToken);
        var invocation = new Invocation(worker, function.Name, timeout, logs);
        try
        {
            var request = invocation.Request(function.Id, function.Parameter, new TypedData { String = text });
            foreach (var (name, value) in TriggerMetadata(message, text))
                request.TriggerMetadata[name] = value;
            invocation.Send(request);
            Invocation.Check(await invocation.AnswerAsync(cancellationToken));
            invocation.Succeeded();
            return true;
        }
        catch (InvalidOperationException e)
        {
            invocation.Failed(e);
            return false;
        }
        finally
        {
            invocation.End();
        }
    }

    /// <summary>What the worker is told beside the text. Numbers and times are JSON.</summary>
    internal static Dictionary<string, TypedData> TriggerMetadata(QueueMessage message, string text)
    {
        var metadata = new Dictionary<string, TypedData>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = new() { String = text },
            ["DequeueCount"] = Json(message.DequeueCount),
            ["ExpirationTime"] = Json(message.ExpiresOn ?? DateTimeOffset.MaxValue),
            ["Id"] = new() { String = message.MessageId },
            ["InsertionTime"] = Json(message.InsertedOn ?? DateTimeOffset.UtcNow),
            ["NextVisibleTime"] = Json(message.NextVisibleOn ?? DateTimeOffset.MaxValue),
            ["PopReceipt"] = new() { String = message.PopReceipt },
        };
        // A property of the message is metadata too, and it replaces what has its name.
        foreach (var property in Properties(text))
        {
            if (property.Value.ValueKind is JsonValueKind.Object)
                metadata[property.Name] = new() { Json = property.Value.GetRawText() };
            else if (property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
                metadata[property.Name] = new() { String = $"{property.Value}" };
        }
        return metadata;
    }

    private static TypedData Json<T>(T value) => new() { Json = JsonSerializer.Serialize(value) };

    private static JsonProperty[] Properties(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } message ? [.. message.EnumerateObject()] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
