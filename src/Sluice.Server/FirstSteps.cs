using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Sluice.Server.DevelopmentStorage;

namespace Sluice.Server;

/// <summary>Makes a first upload possible on a fresh machine: the development container, and the line to type.</summary>
internal static class FirstSteps
{
    public static async Task PrepareAsync(WebApplication app)
    {
        var blob = app.Services.GetRequiredService<IOptions<BlobOptions>>().Value;
        if (!DevelopmentStorageService.IsDevelopmentStorage(blob.ConnectionString) || blob.Containers is not [{ } container, ..])
        {
            return;
        }

        try
        {
            await new BlobContainerClient(blob.ConnectionString, container).CreateIfNotExistsAsync();
        }
        catch (RequestFailedException e)
        {
            throw new DevelopmentStorageException($"Azurite did not create the container '{container}': {e.ErrorCode}.");
        }

        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"""

            Sluice listens on {app.Urls.First()} and stores into Azurite. In another terminal:

              head -c 100000000 /dev/urandom | curl -T - {app.Urls.First()}/api/blobs/{container}/hello.bin
              curl {app.Urls.First()}/api/blobs/{container}/hello.bin | wc -c

            """));
    }
}
