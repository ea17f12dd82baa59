using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Health;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Diagnostics;
using Sluice.Lifetime;
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Registers the engine and the endpoints; the warm-up calls this too.</summary>
internal static class EndpointServices
{
    public static void AddSluiceEndpoints(this IServiceCollection services, SluiceHost host)
    {
        services.AddMetrics();
        services.AddSluiceEngine();
        services.TryAddSingleton(provider => new CallerLimits(
            host, provider.GetRequiredService<IOptions<LimitOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<FeatureHeaders>();
        services.TryAddSingleton(provider => new AppServicePrincipal(host, provider.GetRequiredService<IOptions<CallerOptions>>()));
        services.TryAddSingleton<CrossOrigin>();
        services.TryAddSingleton(provider => new Entrance(
            host, provider.GetRequiredService<CallerLimits>(), provider.GetRequiredService<AppServicePrincipal>(),
            provider.GetRequiredService<CrossOrigin>(), provider.GetRequiredService<SluiceMetrics>()));
        services.TryAddSingleton<EndpointGuard>();
        services.TryAddSingleton(provider => new BlobEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<BlobReader>(),
            provider.GetRequiredService<FilesCreation>(),
            provider.GetRequiredService<IOptions<BlobOptions>>()));
        services.TryAddSingleton<AllowedMethods>();
        services.TryAddSingleton(provider => new DeleteEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<BlobReader>(),
            provider.GetRequiredService<BlobDeletion>(),
            provider.GetRequiredService<AllowedMethods>(),
            provider.GetRequiredService<IOptions<BlobOptions>>()));
        services.TryAddSingleton(provider => new ListEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<BlobListing>(),
            provider.GetRequiredService<AllowedMethods>(),
            provider.GetRequiredService<IOptions<BlobOptions>>()));
        services.TryAddSingleton(provider => new FormEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<IOptions<BlobOptions>>(),
            provider.GetRequiredService<IOptions<MultipartOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new BodyPeeker(
            provider.GetRequiredService<IOptions<PeekOptions>>(),
            provider.GetRequiredService<IOptions<BodyOptions>>(),
            provider.GetRequiredService<Shutdown>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new PeekEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<RouteTable>(),
            provider.GetRequiredService<RelayClients>(),
            provider.GetRequiredService<BodyPeeker>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHttpForwarder();
        // YARP logs a failure with its exception and address; Sluice logs it in one line instead (event 4).
        services.AddLogging(static logging => logging.AddFilter("Yarp", LogLevel.None));
        services.TryAddSingleton(provider => new RelayClients(
            provider.GetRequiredService<IOptions<RelayOptions>>(), provider.GetRequiredService<TokenCredential>,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Forwarder>();
        services.TryAddSingleton(provider => new RelayEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<Forwarder>()));
        services.TryAddSingleton(provider => new IngestEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<RouteTable>(),
            provider.GetRequiredService<Forwarder>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<EventPost>();
        services.TryAddSingleton<Notifier>();
        services.TryAddSingleton(provider => new WebhookEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<WebhookTable>(),
            provider.GetRequiredService<Forwarder>(),
            provider.GetRequiredService<Notifier>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<UploadKeys>();
        services.TryAddSingleton<UploadTickets>();
        services.TryAddSingleton(new PublicAddress(host));
        services.TryAddSingleton<FilesResponses>();
        services.TryAddSingleton(provider => new InterimResponses(host, provider.GetRequiredService<IOptions<ResumableOptions>>()));
        services.TryAddSingleton<UploadRights>();
        services.TryAddSingleton<FilesResource>();
        services.TryAddSingleton(provider => new FilesCreation(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<FilesResponses>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<ResumableUploads>(),
            provider.GetRequiredService<UploadTickets>(),
            provider.GetRequiredService<InterimResponses>(),
            provider.GetRequiredService<UploadRights>()));
        services.TryAddSingleton(provider => new FilesEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<FilesCreation>(),
            provider.GetRequiredService<FilesResource>(),
            provider.GetRequiredService<FilesResponses>()));
        services.TryAddSingleton(provider => new HealthEndpoint(
            provider.GetRequiredService<EndpointGuard>(), provider.GetRequiredService<Readiness>(),
            provider.GetRequiredService<IOptions<HealthOptions>>()));
        services.TryAddSingleton(static provider => new UnmatchedEndpoint(
            provider.GetRequiredService<EndpointGuard>(), provider.GetRequiredService<AllowedMethods>()));
        services.TryAddSingleton(provider => new OpenApiEndpoint(provider.GetRequiredService<EndpointGuard>()));
        services.TryAddSingleton(provider => new EventsEndpoint(
            provider.GetRequiredService<EndpointGuard>(), provider.GetService<IEventReplay>()));
        services.TryAddSingleton(provider => new UploadPageEndpoint(
            provider.GetRequiredService<EndpointGuard>(), provider.GetService<IUploadPage>()));
    }
}
