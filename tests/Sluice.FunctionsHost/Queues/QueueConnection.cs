using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Queues;

namespace Sluice.FunctionsHost.Queues;

/// <summary>
/// Where a function's queue is. As StorageClientProvider in
/// https://github.com/Azure/azure-sdk-for-net/tree/main/sdk/storage/Microsoft.Azure.WebJobs.Extensions.Storage.Common
/// </summary>
public static class QueueConnection
{
    private const string DefaultName = "AzureWebJobsStorage";
    private const string Prefix = "AzureWebJobs";

    // No proxy: one that is set for the internet would be asked for 127.0.0.1 too.
    private static readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A client of the function's queue, which reads and writes texts as they are.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing, or says nothing that leads to a queue.</exception>
    public static QueueServiceClient Service(QueueFunction function, AppSettings settings)
    {
        var name = function.Connection.Length == 0 ? DefaultName : settings.Resolve(function.Connection);
        string[] places = [$"ConnectionStrings:{Prefix}{name}", $"{Prefix}{name}", $"ConnectionStrings:{name}", name];
        var section = places.Select(settings.Section).FirstOrDefault(static one => one.Value is not null || one.GetChildren().Any())
            ?? throw new InvalidOperationException($"The app setting '{name}' is not set: it says where queue '{function.Queue}' is.");
        var options = new QueueClientOptions { Transport = new HttpClientTransport(_http) };
        if (section.Value is { Length: > 0 } connectionString)
            return new QueueServiceClient(connectionString, options);
        var address = section["queueServiceUri"]
            ?? (section["accountName"] is { } account ? $"https://{account}.queue.core.windows.net" : null)
            ?? throw new InvalidOperationException(
                $"The app setting '{name}' is no connection string, and '{name}__queueServiceUri' is not set.");
        return new QueueServiceClient(new Uri(address), new DefaultAzureCredential(), options);
    }
}
