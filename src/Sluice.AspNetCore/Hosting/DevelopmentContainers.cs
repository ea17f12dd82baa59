using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;
using Sluice.Sinks.Blob;

namespace Sluice.AspNetCore;

/// <summary>
/// Creates the configured containers in development storage, so that a first upload works. In a real account Sluice creates none: what
/// may be written there is the owner's to say.
/// </summary>
internal sealed partial class DevelopmentContainers(IServiceProvider services, IOptions<BlobOptions> blob, ILogger<DevelopmentContainers> logger) : IHostedService
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (blob.Value.ConnectionString?.Trim().TrimEnd(';').Equals(DevelopmentStorage, StringComparison.OrdinalIgnoreCase) != true)
        {
            return;
        }

        // Not before: services are made before the settings are checked, and clients of wrong ones would hide what else is wrong.
        var clients = services.GetRequiredService<BlobClients>();
        foreach (var container in blob.Value.Containers)
        {
            try
            {
                await clients.Container(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                NotCreated(logger, container, StorageFailure.From(e, Phase.Open, StorageRequestKind.Write).Detail);
                return;
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(12, LogLevel.Warning, "The development container {Container} was not created. {Detail} Is Azurite running?")]
    private static partial void NotCreated(ILogger logger, LogText container, LogText detail);
}
