using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Sluice.Storage;

/// <summary>
/// Creates a container of development storage when it is first found missing, and then retries the request: Azurite may start after Sluice,
/// or lose its data. In a real account Sluice creates none: the owner decides what may be written there.
/// </summary>
/// <param name="storage">Creates the containers; its own requests do not pass through this policy.</param>
/// <param name="containers">The containers that may be created.</param>
internal sealed class DevelopmentContainers(BlobServiceClient storage, IReadOnlyCollection<string> containers) : HttpPipelinePolicy
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    /// <summary>Whether a connection string refers to development storage.</summary>
    public static bool IsMeant(string? connectionString) =>
        connectionString?.Trim().TrimEnd(';').Equals(DevelopmentStorage, StringComparison.OrdinalIgnoreCase) == true;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here asks storage synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.HasResponse && message.Response.Status == 404
            && message.Response.Headers.TryGetValue("x-ms-error-code", out var code) && code == "ContainerNotFound"
            && containers.FirstOrDefault(container => IsOf(message.Request.Uri, container)) is { } missing)
        {
            await storage.GetBlobContainerClient(missing).CreateIfNotExistsAsync(cancellationToken: message.CancellationToken);
            message.Response.Dispose();
            await ProcessNextAsync(message, pipeline);
        }
    }

    // An address of development storage: /account/container/blob.
    private static bool IsOf(RequestUriBuilder uri, string container) => new BlobUriBuilder(uri.ToUri()).BlobContainerName == container;
}
