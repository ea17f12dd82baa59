using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Diagnostics;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// Reports at startup that development storage is unavailable and how to start it, because every request would fail. If it is available,
/// creates its containers.
/// </summary>
internal sealed class DevelopmentStorageCheck(
    IServiceProvider services, IOptions<BlobOptions> blob, ILogger<DevelopmentStorageCheck> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var places = blob.Value.AllPlaces
            .Where(place => DevelopmentContainers.IsMeant(blob.Value.AccountOf(place).ConnectionString))
            .ToList();
        if (places.Count == 0)
        {
            return;
        }

        // Resolved only now: services are created before the settings are checked, and clients built from wrong settings would hide the
        // other errors.
        var clients = services.GetRequiredService<BlobClients>();
        try
        {
            foreach (var place in places)
            {
                await clients.Container(place.Name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.NoDevelopmentStorage(StorageFailure.From(e, Phase.Open, StorageRequestKind.Write).Detail);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
