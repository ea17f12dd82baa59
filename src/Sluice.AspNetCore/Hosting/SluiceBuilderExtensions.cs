using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Answers;
using Sluice.AspNetCore.Health;
using Sluice.AspNetCore.Lifetime;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.WarmUp;
using Sluice.Diagnostics;
using Sluice.Lifetime;
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Sinks.Blob;
using Sluice.Webhooks;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore;

/// <summary>Adds Sluice to a host: the same two lines for the Functions worker and for Kestrel.</summary>
public static class SluiceBuilderExtensions
{
    /// <summary>Registers the engine, the endpoints, the options (section <c>Sluice</c>) and what Kestrel must let through.</summary>
    /// <exception cref="OptionsValidationException">At start, when a setting is missing or wrong; it names the key.</exception>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="host">What reads the client's connection.</param>
    public static IServiceCollection AddSluice(this IServiceCollection services, IConfiguration configuration, SluiceHost host = SluiceHost.Kestrel)
    {
        if (host == SluiceHost.Functions)
        {
            // Before the settings, which win.
            services.Configure<BodyOptions>(Drain.BehindFunctions);
        }

        services.AddSluiceOptions(configuration);
        services.AddSluiceEndpoints(host);
        services.AddOptions<KestrelServerOptions>().Configure(KestrelLimits.Apply).ValidateOnStart();
        if (host == SluiceHost.Kestrel)
        {
            services.Configure<KestrelServerOptions>(kestrel => KestrelLimits.Apply(configuration, kestrel));
        }

        services.Configure<SocketTransportOptions>(KestrelLimits.Apply);
        services.AddSingleton<IMemoryPoolFactory<byte>, TransportBuffers>();
        services.AddRateLimiter(static _ => { });
        services.AddHealthChecks().AddCheck<StorageCheck>(StorageCheck.Name);
        // It would log every poll; Readiness logs every change.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<IRehearsalHost, KestrelRehearsalHost>();
        services.TryAddSingleton<RehearsalStage>();
        services.TryAddSingleton<Rehearsal>();
        services.AddHostedService<ShutdownService>();
        services.AddSingleton<IConfigureOptions<HostOptions>, ShutdownTimeout>();
        services.AddHostedService<WarmUpService>();
        services.AddHostedService<DevelopmentStorageCheck>();
        return services;
    }

    internal static void AddSluiceEndpoints(this IServiceCollection services, SluiceHost host)
    {
        services.AddMetrics();
        services.AddSluiceEngine();
        services.TryAddSingleton(provider => new CallerLimits(host, provider.GetRequiredService<IOptions<LimitOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new EndpointGuard(
            host,
            provider.GetRequiredService<IOptions<BodyOptions>>(),
            provider.GetRequiredService<IOptions<ReadOptions>>(),
            provider.GetRequiredService<CallerLimits>(),
            provider.GetRequiredService<SluiceMetrics>(),
            provider.GetRequiredService<Shutdown>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EndpointGuard>>()));
        services.TryAddSingleton(provider => new BlobEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<BlobReader>(),
            provider.GetRequiredService<IOptions<BlobOptions>>()));
        services.TryAddSingleton(provider => new FormEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<IOptions<BlobOptions>>(),
            provider.GetRequiredService<IOptions<BodyOptions>>(),
            provider.GetRequiredService<IOptions<MultipartOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new PeekEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<RouteTable>(),
            provider.GetRequiredService<RelayClients>(),
            provider.GetRequiredService<IOptions<PeekOptions>>(),
            provider.GetRequiredService<IOptions<BodyOptions>>(),
            provider.GetRequiredService<Shutdown>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHttpForwarder();
        // What it says of a failure, with exception and address, is said by us in one line (event 4).
        services.AddLogging(static logging => logging.AddFilter("Yarp", LogLevel.None));
        services.TryAddSingleton(provider => new RelayClients(
            provider.GetRequiredService<IOptions<RelayOptions>>(), provider.GetRequiredService<TokenCredential>, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new RelayEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<RelayClients>(),
            provider.GetRequiredService<IHttpForwarder>()));
        services.TryAddSingleton(provider => new IngestEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<RouteTable>(),
            provider.GetRequiredService<RelayClients>(),
            provider.GetRequiredService<IHttpForwarder>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Notifier>();
        services.TryAddSingleton(provider => new HookEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<HookTable>(),
            provider.GetRequiredService<RelayClients>(),
            provider.GetRequiredService<IHttpForwarder>(),
            provider.GetRequiredService<Notifier>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<UploadKeys>();
        services.TryAddSingleton<UploadTickets>();
        services.TryAddSingleton(provider => new FilesEndpoint(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<ResumableUploads>(),
            provider.GetRequiredService<UploadTickets>(),
            provider.GetRequiredService<IOptions<ResumableOptions>>(),
            provider.GetRequiredService<IOptions<BlobOptions>>(),
            provider.GetRequiredService<IOptions<BodyOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new HealthEndpoint(
            provider.GetRequiredService<EndpointGuard>(), provider.GetRequiredService<Readiness>(), provider.GetRequiredService<IOptions<HealthOptions>>()));
        services.TryAddSingleton(static provider => new UnmatchedEndpoint(provider.GetRequiredService<EndpointGuard>(), provider.GetRequiredService<EndpointDataSource>()));
        services.TryAddSingleton(provider => new OpenApiEndpoint(provider.GetRequiredService<EndpointGuard>()));
        services.TryAddSingleton(provider => new UploadPageEndpoint(provider.GetRequiredService<EndpointGuard>()));
    }

    /// <summary>
    /// Maps every endpoint, under the route prefix that Azure Functions uses. One line for each, and one function for each, with the scope that a key needs; null
    /// for a route that needs no key: browsers send preflights without one, and probes have none.
    /// </summary>
    public static IEndpointConventionBuilder MapSluice(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(SluiceRoutes.Prefix);
        Map<BlobEndpoint>(api, RequiredScope.Write, SluiceRoutes.Blob, ["PUT", "POST"], static (blobs, request) => blobs.StoreAsync(request));
        Map<BlobEndpoint>(api, RequiredScope.Read, SluiceRoutes.Blob, ["GET", "HEAD"], static (blobs, request) => blobs.ReadAsync(request));
        Map<FormEndpoint>(api, RequiredScope.Write, SluiceRoutes.Form, ["POST"], static (forms, request) => forms.StoreAsync(request));
        Map<IngestEndpoint>(api, RequiredScope.Write, SluiceRoutes.Ingest, ["PUT", "POST"], static (ingest, request) => ingest.IngestAsync(request));
        Map<RelayEndpoint>(
            api, RequiredScope.Relay, SluiceRoutes.Relay, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], static (relay, request) => relay.RelayAsync(request));
        Map<HookEndpoint>(api, RequiredScope.Hooks, SluiceRoutes.Hook, ["POST"], static (hooks, request) => hooks.ReceiveAsync(request));
        Map<HookEndpoint>(api, RequiredScope.Hooks, SluiceRoutes.Hook, ["OPTIONS"], static (hooks, request) => hooks.HandshakeAsync(request));
        Map<FilesEndpoint>(api, RequiredScope.Files, SluiceRoutes.Files, ["POST"], static (files, request) => files.CreateAsync(request));
        Map<FilesEndpoint>(api, null, SluiceRoutes.Files, ["OPTIONS"], static (files, request) => files.DiscoverAsync(request));
        Map<FilesEndpoint>(api, RequiredScope.Files, SluiceRoutes.File, ["HEAD", "GET"], static (files, request) => files.FindAsync(request));
        Map<FilesEndpoint>(api, RequiredScope.Files, SluiceRoutes.File, ["PATCH", "POST"], static (files, request) => files.AppendAsync(request));
        Map<FilesEndpoint>(api, RequiredScope.Files, SluiceRoutes.File, ["DELETE"], static (files, request) => files.CancelAsync(request));
        Map<FilesEndpoint>(api, null, SluiceRoutes.File, ["OPTIONS"], static (files, request) => files.DiscoverAsync(request));
        Map<PeekEndpoint>(api, RequiredScope.Write, SluiceRoutes.Peek, ["POST"], static (peek, request) => peek.PeekAsync(request));
        Map<HealthEndpoint>(api, null, SluiceRoutes.Live, ["GET", "HEAD"], static (health, request) => health.LiveAsync(request)).DisableRateLimiting();
        Map<HealthEndpoint>(api, null, SluiceRoutes.Ready, ["GET", "HEAD"], static (health, request) => health.ReadyAsync(request)).DisableRateLimiting();
        Map<OpenApiEndpoint>(api, RequiredScope.Admin, SluiceRoutes.OpenApi, ["GET", "HEAD"], static (openApi, request) => openApi.ReadAsync(request));
        Map<UploadPageEndpoint>(api, RequiredScope.Files, SluiceRoutes.UploadPage, ["GET", "HEAD"], static (page, request) => page.ReadAsync(request));
        return api;
    }

    // A plain delegate: binding by reflection would cost the first request most of its memory.
    private static IEndpointConventionBuilder Map<TEndpoint>(
        RouteGroupBuilder api, RequiredScope? scope, string route, string[] verbs, Func<TEndpoint, HttpRequest, Task<IResult>> endpoint)
        where TEndpoint : notnull
    {
        var mapped = api.MapMethods(route, verbs, async (HttpContext context) =>
        {
            var answer = await endpoint(context.RequestServices.GetRequiredService<TEndpoint>(), context.Request);
            await answer.ExecuteAsync(context);
        });
        return scope is null ? mapped.AllowAnonymous() : mapped.WithMetadata(scope);
    }
}
